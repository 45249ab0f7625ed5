//! Temporary.
fn main() {
    let options = tiendo::pipeline::BuildOptions {
        root: std::env::args().nth(1).unwrap_or_else(|| ".".into()).into(),
        ..Default::default()
    };
    let t = std::time::Instant::now();
    let judged = tiendo::pipeline::judge(&options).expect("reads");
    eprintln!("{:?}", t.elapsed());
    for d in judged.diagnostics.iter() {
        let p = judged.sources.position(d.primary.file, d.primary.start as usize);
        println!(
            "{}[{}] {}:{}:{} {:?}",
            d.severity.as_str(),
            d.code.as_str(),
            judged.sources.file(d.primary.file).path,
            p.line,
            p.column,
            d.arguments
        );
    }
    let a = &judged.assessment;
    for (key, i) in a.register.indicators.iter() {
        let j = a.judgement(key);
        println!(
            "{} v={} p={} e={} {:?} {:?} {:?}",
            i.id,
            j.value.as_ref().map_or(String::new(), |v| v.to_string()),
            j.progress.as_ref().map_or(String::new(), |v| v.to_string()),
            j.expected.as_ref().map_or(String::new(), |v| v.to_string()),
            j.status,
            j.reason,
            j.flags
        );
    }
}
