//! The figures and what is wanted, at the end of the run.

use crate::timing::Times;

/// What is wanted of a figure.
#[derive(Clone, Copy)]
pub enum Wanted {
    /// Nothing: it is there to be known.
    Nothing,
    /// At least so much.
    AtLeast(f64),
    /// At most so much.
    AtMost(f64),
}

/// All figures of a run. Those that were not measured are left out.
#[derive(Default)]
pub struct Table {
    rows: Vec<(String, &'static str, f64, Wanted)>,
    heads: Vec<&'static str>,
    grid: Vec<(String, u64, Vec<Option<Times>>)>,
}

impl Table {
    /// Adds a figure.
    pub fn row(&mut self, name: &str, unit: &'static str, figure: Option<f64>, wanted: Wanted) {
        self.rows.extend(figure.map(|figure| (name.to_owned(), unit, figure, wanted)));
    }

    /// Begins the table of queries with the heads of its columns.
    pub fn begin_grid(&mut self, heads: Vec<&'static str>) {
        self.heads = heads;
    }

    /// Adds a filter, the share of rows that meet it in per cent, and the times of each question.
    pub fn grid_row(&mut self, filter: &str, share: u64, times: Vec<Option<Times>>) {
        if times.iter().any(Option::is_some) {
            self.grid.push((filter.to_owned(), share, times));
        }
    }

    /// All times in the table of queries.
    pub fn times(&self) -> impl Iterator<Item = &Times> {
        self.grid.iter().flat_map(|(.., times)| times.iter().flatten())
    }

    /// Prints everything.
    pub fn print(&self) {
        if !self.grid.is_empty() {
            print!("\nqueries at 1,000,000 rows, in ms (wanted: at most 50 each)\n{:>5}", "rows");
            self.heads.iter().for_each(|head| print!("{head:>9}"));
            println!("  filter");
            for (filter, share, times) in &self.grid {
                print!("{share:>4}%");
                for time in times {
                    print!("{:>9}", time.map_or_else(String::new, |time| format!("{:.1}", time.median)));
                }
                println!("  {filter}");
            }
        }
        println!("\n{:<42}{:>10}  {:<8}wanted", "figure", "", "unit");
        for (name, unit, figure, wanted) in &self.rows {
            let (words, is_met) = match wanted {
                Wanted::Nothing => (String::new(), true),
                Wanted::AtLeast(least) => (format!("at least {least}"), figure >= least),
                Wanted::AtMost(most) => (format!("at most {most}"), figure <= most),
            };
            let places = if *figure < 10.0 { 2 } else { 0 };
            println!("{name:<42}{figure:>10.places$}  {unit:<8}{words}{}", if is_met { "" } else { "  MISSED" });
        }
    }
}
