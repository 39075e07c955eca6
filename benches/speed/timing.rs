//! Criterion keeps its figures to itself; the table needs them too.

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, SamplingMode};

/// Runs a benchmark and gives what each of its runs measured. `run` says what criterion is to count, and whatever else is
/// to be known of the run. Nothing comes back where the command line asks for other benchmarks.
pub fn measure<T>(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    mut run: impl FnMut() -> (Duration, T),
) -> Vec<(Duration, T)> {
    let mut runs = Vec::new();
    group.sampling_mode(SamplingMode::Flat);
    group.bench_function(name, |bencher| {
        bencher.iter_custom(|times| {
            let first = runs.len();
            runs.extend((0..times).map(|_| run()));
            runs.iter().skip(first).map(|(time, _)| *time).sum()
        });
    });
    runs
}

/// Times one call; what it gives is dropped afterwards.
pub fn timed<T>(call: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = black_box(call());
    let time = start.elapsed();
    drop(result);
    time
}

/// The middle of some figures; `None` of none.
pub fn median(figures: impl IntoIterator<Item = f64>) -> Option<f64> {
    let mut figures: Vec<f64> = figures.into_iter().collect();
    figures.sort_unstable_by(f64::total_cmp);
    figures.get(figures.len() / 2).copied()
}

/// Times in milliseconds: the middle one, and the shortest, on which other programs of the machine have the least part.
#[derive(Clone, Copy)]
pub struct Times {
    pub median: f64,
    pub shortest: f64,
}

impl Times {
    /// Those of some runs; `None` of none.
    pub fn of<T>(runs: &[(Duration, T)]) -> Option<Self> {
        let times = || runs.iter().map(|(time, _)| time.as_secs_f64() * 1_000.0);
        Some(Self { median: median(times())?, shortest: times().reduce(f64::min)? })
    }
}
