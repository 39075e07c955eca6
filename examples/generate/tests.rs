//! Checks the sets as a whole: against the arguments and the facts about real reports.

use std::collections::BTreeSet;
use std::fs;

use crate::args::{self, Args, Target};
use crate::names;
use crate::plan::{self, Plan};
use crate::totals::Totals;
use crate::{domains, generate, report, reporters};

mod reading;

/// All plans and the XML of each.
fn documents(seed: u64, reports: u64, records: u64) -> (Totals, Vec<(Plan, Vec<u8>)>) {
    let (domains, reporters) = (domains::all(seed), reporters::all(seed));
    let mut totals = Totals::default();
    let made = plan::all(seed, reports, records, &reporters).into_iter().map(|plan| {
        let mut xml = Vec::new();
        let (domain, reporter) = (&domains[plan.domain], &reporters[plan.reporter]);
        report::write(seed, &plan, domain, reporter, &mut totals, &mut xml).unwrap();
        (plan, xml)
    });
    let made = made.collect();
    (totals, made)
}

#[test]
fn the_shares_are_those_of_the_real_reports() {
    for seed in 1..4 {
        let (totals, documents) = documents(seed, 3_000, 60_000);
        let share = |has: &dyn Fn(&str) -> bool| {
            let with = documents.iter().filter(|(_, xml)| has(std::str::from_utf8(xml).unwrap())).count();
            with * 1000 / documents.len()
        };
        let near = |share: usize, wanted: usize| assert!(share.abs_diff(wanted) < 50, "seed {seed}: {share}, {wanted}");
        near(share(&|xml| !xml.contains("envelope_from>")), 420);
        near(share(&|xml| !xml.contains("scope>")), 440);
        near(share(&|xml| !xml.contains("<sp>") && !xml.contains(":sp>")), 360);
        near(share(&|xml| !xml.contains("version>")), 610);
        near(share(&|xml| xml.contains("urn:ietf:params:xml:ns:dmarc-2.0")), 100);
        near(documents.iter().filter(|(p, _)| p.range.1 - p.range.0 > plan::DAY).count() * 1000 / 3_000, 220);
        assert!((165..200).contains(&(totals.dkim_results * 100 / totals.records)), "{totals:?}");
        assert!(documents.iter().all(|(p, _)| p.range.0 >= plan::END - 90 * plan::DAY && p.range.1 < plan::END));
        let mut sizes: Vec<u64> = documents.iter().map(|(plan, _)| plan.records).collect();
        sizes.sort_unstable();
        assert_eq!(sizes[sizes.len() / 2], 1);
        assert!((150..250).contains(&sizes[sizes.len() * 99 / 100]), "{}", sizes[sizes.len() * 99 / 100]);
    }
}

#[test]
fn the_number_of_records_is_exact() {
    let habits = reporters::all(1);
    for (reports, records) in [(1, 1), (1, 7), (2, 2), (2, 3), (7, 1_000), (1_000, 1_000), (999, 123_457)] {
        let plans = plan::all(1, reports, records, &habits);
        assert_eq!(plans.len() as u64, reports);
        assert_eq!(plans.iter().map(|plan| plan.records).sum::<u64>(), records);
    }
}

#[test]
fn names_are_distinct() {
    let domains: BTreeSet<_> = (0..names::DOMAINS).map(names::domain).collect();
    let reporters: BTreeSet<_> = (0..names::REPORTERS).map(names::reporter).collect();
    assert_eq!((domains.len(), reporters.len()), (names::DOMAINS, names::REPORTERS));
}

#[test]
fn the_same_arguments_make_the_same_bytes() {
    let folder = std::env::temp_dir().join(format!("generate-test-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let make = |name: &str, seed, plain| {
        let target = Target::Zip(folder.join(name));
        generate(&Args { reports: 30, records: 500, seed, plain, target }).unwrap();
        fs::read(folder.join(name)).unwrap()
    };
    let first = make("a.zip", 5, false);
    assert!(first == make("b.zip", 5, false));
    assert!(first != make("c.zip", 6, false));
    assert!(first != make("d.zip", 5, true));
    fs::remove_dir_all(&folder).unwrap();
}

/// Fails on a machine whose bytes differ, and after each change of what is made: then the figure is replaced.
#[test]
fn the_bytes_are_the_known_ones() {
    let mut sum = flate2::Crc::new();
    documents(1, 50, 2_000).1.iter().for_each(|(_, xml)| sum.update(xml));
    assert_eq!(sum.sum(), 1_498_812_425);
}

#[test]
fn arguments_are_checked() {
    let parse = |line: &str| args::parse(line.split_whitespace().map(String::from));
    let args = parse("--reports 2 --records 9 --seed 4 --zip a.zip --plain").unwrap();
    assert_eq!(args, Args { reports: 2, records: 9, seed: 4, plain: true, target: Target::Zip("a.zip".into()) });
    for line in [
        "",
        "--records 9",
        "--dir a",
        "--records nine --dir a",
        "--records 1 --reports 2 --dir a",
        "--records 9 --reports 0 --dir a",
        "--records 9 --reports 2 --xml a",
        "--records 9 --dir a --zip b",
        "--records 9 --dir",
        "--records 9 --dir a --more",
    ] {
        assert!(parse(line).is_err(), "{line}");
    }
}
