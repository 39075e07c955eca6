//! Makes realistic sets of DMARC aggregate reports, of any size and always the same for the same arguments.
//!
//! `cargo run --release --no-default-features --example generate -- --reports 10000 --records 1000000 --zip set.zip`
//!
//! The sets follow figures counted in some 3,200 real reports of 287 reporters. Every name and every address is invented.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod archetypes;
mod args;
mod domains;
mod habits;
mod names;
mod output;
mod plan;
mod record;
mod report;
mod reporters;
mod rng;
mod rows;
mod scene;
mod sources;
#[cfg(test)]
mod tests;
mod totals;
mod xml;

use std::io;
use std::process::ExitCode;

use args::Args;
use output::Output;
use totals::Totals;

fn main() -> ExitCode {
    let args = match args::parse(std::env::args().skip(1)) {
        Ok(args) => args,
        Err(message) => {
            eprintln!("{message}\n\n{}", args::USAGE);
            return ExitCode::from(2);
        }
    };
    match generate(&args) {
        Ok(totals) => {
            println!("{}", totals.json());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("cannot write {:?}: {error}", args.target);
            ExitCode::FAILURE
        }
    }
}

/// Writes the whole set.
fn generate(args: &Args) -> io::Result<Totals> {
    let domains = domains::all(args.seed);
    let reporters = reporters::all(args.seed);
    let mut totals = Totals::default();
    let mut output = Output::create(&args.target)?;
    for plan in plan::all(args.seed, args.reports, args.records, &reporters) {
        let (domain, reporter) = (&domains[plan.domain], &reporters[plan.reporter]);
        let name = report::file_name(&plan, domain, reporter);
        output.add(&name, plan.records, args.plain, &mut |out| {
            report::write(args.seed, &plan, domain, reporter, &mut totals, out)
        })?;
    }
    output.finish()?;
    Ok(totals)
}
