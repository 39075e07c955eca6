//! The command line.

use std::path::PathBuf;

/// How to call the program.
pub const USAGE: &str =
    "usage: generate --records M [--reports N] [--seed S] (--dir FOLDER | --zip FILE | --xml FILE) [--plain]

  --records M   rows in all reports together
  --reports N   reports, 1 if not given; at most M
  --seed S      the same numbers give the same bytes; 1 if not given
  --dir FOLDER  one .xml.gz for each report, in an empty or new folder
  --zip FILE    the .xml.gz of all reports in one zip
  --xml FILE    a single report, not compressed
  --plain       .xml instead of .xml.gz, deflated in a zip

The expected totals are printed as one line of JSON.";

/// Where the reports go.
#[derive(Debug, PartialEq, Eq)]
pub enum Target {
    /// A file for each report.
    Folder(PathBuf),
    /// One zip.
    Zip(PathBuf),
    /// A single report, not compressed.
    Single(PathBuf),
}

/// What to make.
#[derive(Debug, PartialEq, Eq)]
pub struct Args {
    /// How many reports.
    pub reports: u64,
    /// How many rows in all of them.
    pub records: u64,
    /// Chooses one of the possible sets.
    pub seed: u64,
    /// `.xml` instead of `.xml.gz`.
    pub plain: bool,
    /// Where to.
    pub target: Target,
}

/// Reads the arguments that follow the program's name.
pub fn parse(mut words: impl Iterator<Item = String>) -> Result<Args, String> {
    let (mut reports, mut records, mut seed, mut plain, mut target) = (1, None, 1, false, None);
    while let Some(word) = words.next() {
        if word == "--plain" {
            plain = true;
            continue;
        }
        let make: fn(PathBuf) -> Target = match word.as_str() {
            "--dir" => Target::Folder,
            "--zip" => Target::Zip,
            "--xml" => Target::Single,
            "--reports" | "--records" | "--seed" => {
                let number = words.next().and_then(|text| text.parse().ok());
                let number: u64 = number.ok_or_else(|| format!("{word} needs a number"))?;
                match word.as_str() {
                    "--reports" => reports = number,
                    "--records" => records = Some(number),
                    _ => seed = number,
                }
                continue;
            }
            _ => return Err(format!("unknown argument {word}")),
        };
        let path = words.next().ok_or_else(|| format!("{word} needs a path"))?;
        if target.replace(make(path.into())).is_some() {
            return Err("only one of --dir, --zip and --xml is possible".into());
        }
    }
    let records = records.ok_or("--records is missing")?;
    let target = target.ok_or("one of --dir, --zip and --xml is needed")?;
    if reports == 0 || records < reports {
        return Err("there must be a report, and a record for each report".into());
    }
    if reports > 1 && matches!(target, Target::Single(_)) {
        return Err("--xml makes a single report".into());
    }
    Ok(Args { reports, records, seed, plain, target })
}
