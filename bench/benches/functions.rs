//! `cargo bench`: see `bench/src`.

use std::process::ExitCode;

#[cfg(target_os = "linux")]
fn main() -> ExitCode {
    bench::main()
}

#[cfg(not(target_os = "linux"))]
fn main() -> ExitCode {
    use std::io::Write as _;
    let _ = writeln!(std::io::stderr(), "bench: what runs on Lambda is measured on Linux");
    ExitCode::FAILURE
}
