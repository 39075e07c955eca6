//! From bytes to the dataset.

use std::io::{Read, Write};
use std::time::Duration;

use criterion::{Criterion, Throughput};
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::set::{dataset_of, held};
use crate::table::{Table, Wanted};
use crate::timing::{measure, median, timed};

/// Runs the benchmarks of this part.
pub fn run(criterion: &mut Criterion, table: &mut Table) {
    // A share of the set of 1,000,000 records, of the same shape: about 60 MB.
    let files = held(670, 67_000);
    ratio(criterion, table, "many records", &files, Wanted::AtLeast(0.6));
    inflate(criterion, table, &files);
    // The other end: what a report costs beside its records.
    ratio(criterion, table, "one record each", &held(10_000, 10_000), Wanted::Nothing);
}

/// The whole way from bytes to dataset against a loop that does nothing with quick-xml's events. Each run does both, so
/// that whatever else the machine does falls on both.
fn ratio(criterion: &mut Criterion, table: &mut Table, name: &str, files: &[Vec<u8>], wanted: Wanted) {
    let bytes: usize = files.iter().map(Vec::len).sum();
    let mut group = criterion.benchmark_group("reading");
    group.throughput(Throughput::Bytes(bytes as u64));
    let runs = measure(&mut group, name, || {
        let bare = timed(|| files.iter().map(|file| count_events(file)).sum::<u64>());
        let whole = timed(|| dataset_of(files));
        (whole, bare)
    });
    group.finish();
    table.row(
        &format!("XML of {name} to dataset"),
        "MB/s",
        speed(bytes, runs.iter().map(|run| run.0)),
        Wanted::Nothing,
    );
    table.row(&format!("bare events of {name}"), "MB/s", speed(bytes, runs.iter().map(|run| run.1)), Wanted::Nothing);
    let ratio = median(runs.iter().map(|(whole, bare)| bare.as_secs_f64() / whole.as_secs_f64()));
    table.row(&format!("ratio, {name}"), "", ratio, wanted);
}

fn count_events(xml: &[u8]) -> u64 {
    let mut reader = Reader::from_reader(xml);
    let mut events = 0;
    loop {
        match reader.read_event().expect("generated reports are well-formed") {
            Event::Eof => return events,
            _ => events += 1,
        }
    }
}

fn inflate(criterion: &mut Criterion, table: &mut Table, files: &[Vec<u8>]) {
    let packed: Vec<Vec<u8>> = files.iter().map(|file| gzip(file)).collect();
    let bytes: usize = files.iter().map(Vec::len).sum();
    let mut buffer = vec![0; 256 << 10];
    let mut group = criterion.benchmark_group("inflate");
    group.throughput(Throughput::Bytes(bytes as u64));
    let runs = measure(&mut group, "gzip", || {
        let time = timed(|| packed.iter().map(|file| unpack(file, &mut buffer)).sum::<usize>());
        (time, ())
    });
    group.finish();
    let ratio = bytes as f64 / packed.iter().map(Vec::len).sum::<usize>() as f64;
    let name = format!("inflate of gzip, {ratio:.1} : 1");
    table.row(&name, "MB/s", speed(bytes, runs.iter().map(|run| run.0)), Wanted::Nothing);
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).expect("memory takes all");
    encoder.finish().expect("memory takes all")
}

fn unpack(packed: &[u8], buffer: &mut [u8]) -> usize {
    let mut decoder = GzDecoder::new(packed);
    let mut all = 0;
    loop {
        match decoder.read(buffer).expect("it was just packed") {
            0 => return all,
            count => all += count,
        }
    }
}

fn speed(bytes: usize, times: impl Iterator<Item = Duration>) -> Option<f64> {
    median(times.map(|time| time.as_secs_f64())).map(|seconds| bytes as f64 / 1e6 / seconds)
}
