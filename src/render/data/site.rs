//! `site.json`: what the site is, in a few lines, for programs that read the data.

use serde_json::{Map, Value, json};

use super::{number, share, texts};
use crate::assess::{Assessment, Status};
use crate::model::site::Field;
use crate::model::text::Language;

/// The text of `site.json`; `status_name` gives a status's name in the interface of a language.
#[must_use]
pub fn site_json(assessment: &Assessment, status_name: impl Fn(Status, Language) -> String) -> String {
    let register = &assessment.register;
    let site = &register.site;
    let summary = assessment.summary();
    let named = |field: &Field| json!({"id": field.id, "name": texts(register, &field.name)});
    let statuses = Status::ALL.map(|status| {
        let names: Map<String, Value> =
            site.languages().map(|(language, tag)| (tag.to_owned(), status_name(status, language).into())).collect();
        json!({"id": status.as_str(), "name": names, "indicators": summary.count(status)})
    });
    let observations: usize = register.reports.rows().iter().map(|report| report.observations.len()).sum();
    let documents = register.resolutions.rows().iter().filter(|resolution| resolution.kind.is_document()).count();
    super::json(&json!({
        "program": env!("CARGO_PKG_NAME"),
        "version": env!("CARGO_PKG_VERSION"),
        "as_of": assessment.as_of.to_string(),
        "base_url": site.base_url,
        "languages": site.languages,
        "title": texts(register, &site.title),
        "description": site.description.as_ref().map(|description| texts(register, description)),
        "publisher": site.publisher.as_ref().map(|publisher| {
            json!({"name": publisher.name, "url": publisher.url, "email": publisher.email})
        }),
        "license": site.license.as_ref().map(|license| json!({"name": license.name, "url": license.url})),
        "assessment": {
            "on_track": number(&site.assessment.on_track),
            "behind": number(&site.assessment.behind),
            "stale_after_months": site.assessment.stale_after_months,
        },
        "counts": {
            "units": register.units.len(),
            "documents": documents,
            "indicators": register.indicators.len(),
            "reports": register.reports.len(),
            "observations": observations,
        },
        "mean_progress": summary.mean_progress().as_ref().map(share),
        "judged": summary.judged(),
        "statuses": statuses,
        "levels": site.levels.iter().map(|level| json!({"id": level.id, "name": texts(register, &level.name)}))
            .collect::<Vec<_>>(),
        "fields": site.fields.iter().map(named).collect::<Vec<_>>(),
        "frameworks": site.frameworks.iter().map(|framework| json!({
            "id": framework.id,
            "name": texts(register, &framework.name),
            "groups": framework.groups.iter().map(named).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    }))
}
