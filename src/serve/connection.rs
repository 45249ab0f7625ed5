//! Takes connections and speaks HTTP on each, with limits so that nobody can keep the others waiting.

use std::convert::Infallible;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Semaphore, watch};

use super::ServeOptions;
use super::answer::Answering;
use super::state::State;

/// How long the head of a request may take, and how long a connection may idle.
const HEAD_TIME: Duration = Duration::from_secs(10);
/// How many bytes the head of a request may have.
const HEAD_SIZE: usize = 16 << 10;
/// How many connections there may be; more wait.
const CONNECTIONS: usize = 1000;
/// How many files must be left for reading the site while all connections are taken.
const FILES_KEPT: usize = 100;
/// How long to wait when the system has no more connections to give.
const BREATH: Duration = Duration::from_millis(50);

/// A server that has its port.
pub(super) struct Server {
    runtime: Runtime,
    listener: tokio::net::TcpListener,
    signals: Signals,
    answering: Arc<Answering>,
}

impl Server {
    pub(super) fn new(
        listener: TcpListener,
        options: &ServeOptions,
        state: watch::Receiver<Option<Arc<State>>>,
    ) -> io::Result<Self> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let (listener, signals) = {
            let _guard = runtime.enter();
            listener.set_nonblocking(true)?;
            (tokio::net::TcpListener::from_std(listener)?, Signals::new()?)
        };
        let answering = Arc::new(Answering::new(options, state));
        Ok(Self { runtime, listener, signals, answering })
    }

    /// Answers requests until somebody asks the program to end.
    pub(super) fn run(self) {
        let Self { runtime, listener, mut signals, answering } = self;
        runtime.block_on(async {
            tokio::spawn(take_connections(listener, answering));
            signals.wait().await;
        });
        runtime.shutdown_background();
    }
}

async fn take_connections(listener: tokio::net::TcpListener, answering: Arc<Answering>) {
    let places = Arc::new(Semaphore::new(most_connections()));
    loop {
        let place = Arc::clone(&places).acquire_owned().await.expect("the places stay open");
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            // Who came has gone again, or the system is out of files for a moment.
            Err(_) => {
                tokio::time::sleep(BREATH).await;
                continue;
            }
        };
        // An answer is small and complete: it need not wait to be filled up.
        let _ = stream.set_nodelay(true);
        let answering = Arc::clone(&answering);
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let answering = Arc::clone(&answering);
                async move { Ok::<_, Infallible>(answering.answer(request).await) }
            });
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_TIME)
                .max_buf_size(HEAD_SIZE)
                .serve_connection(TokioIo::new(stream), service);
            // A broken connection concerns only who broke it.
            let _ = connection.await;
            drop(place);
        });
    }
}

/// As many as the process may have files, less those that reading needs.
fn most_connections() -> usize {
    #[cfg(unix)]
    let files = {
        let limit = rustix::process::getrlimit(rustix::process::Resource::Nofile).current;
        limit.map_or(CONNECTIONS, |limit| usize::try_from(limit).unwrap_or(CONNECTIONS))
    };
    #[cfg(not(unix))]
    let files = CONNECTIONS + FILES_KEPT;
    files.saturating_sub(FILES_KEPT).clamp(16, CONNECTIONS)
}

/// The ways in which the program is asked to end.
struct Signals {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(windows)]
    interrupt: tokio::signal::windows::CtrlC,
}

impl Signals {
    /// Listens from now on.
    fn new() -> io::Result<Self> {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            Ok(Self { interrupt: signal(SignalKind::interrupt())?, terminate: signal(SignalKind::terminate())? })
        }
        #[cfg(windows)]
        Ok(Self { interrupt: tokio::signal::windows::ctrl_c()? })
    }

    async fn wait(&mut self) {
        #[cfg(unix)]
        std::future::poll_fn(|context| {
            let interrupted = self.interrupt.poll_recv(context).is_ready();
            let terminated = self.terminate.poll_recv(context).is_ready();
            if interrupted || terminated { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
        })
        .await;
        #[cfg(windows)]
        self.interrupt.recv().await;
    }
}
