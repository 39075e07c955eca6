use super::super::backend::FINE;
use super::super::ink::STRAY;
use super::super::scene::{Anchor, Node};
use super::*;

const SIZES: [u32; 9] = [280, 281, 320, 411, 720, 1024, 1440, 2048, 3000];
const COUNTS: [usize; 11] = [1, 2, 3, 7, 14, 30, 31, 92, 365, 730, 1500];

fn series() -> Vec<Series> {
    [("Pass", "outcome-pass"), ("Fail", "outcome-fail"), ("Unknown", "outcome-unknown")]
        .map(|(label, class)| Series { label: label.into(), class, pattern: Pattern::Plain, href: String::new() })
        .into()
}

fn days(count: usize, values: impl Fn(usize) -> Vec<u64>) -> Vec<Day> {
    let months = ["Jan", "Feb", "March", "Apr", "May", "Sept"];
    (0..count)
        .map(|n| Day {
            start: 20_000 + n as i64,
            label: format!("{} {}", n % 28 + 1, months[n % 6]),
            values: values(n),
            ..Day::default()
        })
        .collect()
}

fn draw(days: &[Day], width: u32) -> TrendScene {
    Trend { days, series: &series(), width, height: 240, compact: &|n| n.to_string() }.draw()
}

fn rects<'a>(scene: &'a TrendScene, of: &'a str) -> Vec<(f64, f64, f64, f64)> {
    let rect = |node: &Node| match *node {
        Node::Rect { x, y, w, h, class } if class == of => Some((x, y, w, h)),
        _ => None,
    };
    scene.scene.shapes().filter_map(rect).collect()
}

/// Left and right end of every label with this anchor.
fn texts(scene: &TrendScene, of: Anchor) -> Vec<(f64, f64, String)> {
    let text = |node: &Node| match node {
        Node::Text { x, anchor, text, .. } if *anchor == of => {
            let width = text_width(text, FONT_SIZE);
            let left = if of == Anchor::End { x - width } else { x - width / 2.0 };
            Some((left, left + width, text.clone()))
        }
        _ => None,
    };
    scene.scene.shapes().filter_map(text).collect()
}

#[test]
fn every_shape_has_a_class_of_ours_and_none_a_colour() {
    let mut days = days(40, |n| vec![n as u64, 3, 1]);
    days[3].gap = true;
    days[5].long = true;
    let scene = draw(&days, 720);
    let known = ["ink-axis", "ink-grid", "ink-label", "ink-gap", "ink-long", "ink-seam"];
    let series = series();
    for node in scene.scene.shapes() {
        let class = node.class();
        assert_ne!(class, STRAY);
        assert!(known.contains(&class) || series.iter().any(|series| series.class == class), "{class}");
    }
    let text = format!("{:?}", scene.scene);
    assert!(!text.contains('#') && !text.contains("rgb") && !text.contains("style"));
}

#[test]
fn labels_never_overlap_and_are_never_clipped() {
    for width in SIZES.into_iter().chain((280..3000).step_by(97)) {
        for count in COUNTS {
            let scene = draw(&days(count, |n| vec![n as u64 * 1000]), width);
            let dates = texts(&scene, Anchor::Middle);
            assert!(!dates.is_empty(), "{count} days on {width}");
            for (left, right, text) in dates.iter().chain(&texts(&scene, Anchor::End)) {
                assert!(*left >= 0.0 && *right <= f64::from(width), "{text} of {count} days on {width}");
            }
            for pair in dates.windows(2) {
                assert!(pair[0].1 + 4.0 <= pair[1].0, "{pair:?} of {count} days on {width}");
            }
        }
    }
}

#[test]
fn as_many_dates_as_fit() {
    let scene = draw(&days(7, |_| vec![1]), 720);
    assert_eq!(texts(&scene, Anchor::Middle).len(), 7);
    let scene = draw(&days(1500, |_| vec![1]), 720);
    assert!((7..=11).contains(&texts(&scene, Anchor::Middle).len()));
}

#[test]
fn bars_are_as_high_as_their_counts() {
    let days = days(30, |n| vec![10 * n as u64, 7, n as u64 % 3]);
    let scene = draw(&days, 720);
    let top = Counts::reaching(days.iter().map(Day::total).max().unwrap()).top() as f64;
    let room = f64::from(scene.plot.1 - scene.plot.0);
    for (index, series) in series().iter().enumerate() {
        let counts = days.iter().map(|day| day.value(index)).filter(|count| *count > 0);
        let drawn = rects(&scene, series.class);
        assert_eq!(drawn.len(), counts.clone().count());
        for ((.., height), count) in drawn.into_iter().zip(counts) {
            let wanted = count as f64 / top * room;
            assert!((height - wanted).abs() <= 1.0 / f64::from(FINE) + 1e-9, "{count}: {height} for {wanted}");
        }
    }
}

#[test]
fn parts_stand_on_one_another_in_the_order_given() {
    let scene = draw(&days(5, |_| vec![40, 30, 20]), 720);
    let parts = series().iter().map(|series| rects(&scene, series.class)).collect::<Vec<_>>();
    for ((pass, fail), unknown) in parts[0].iter().zip(&parts[1]).zip(&parts[2]) {
        assert_eq!(pass.1 + pass.3, f64::from(scene.plot.1), "the first stands on the base line");
        assert!((fail.1 + fail.3 - pass.1).abs() < 1e-9);
        assert!((unknown.1 + unknown.3 - fail.1).abs() < 1e-9);
        assert_eq!((pass.0, pass.2), (fail.0, fail.2));
    }
    let seams = scene.scene.shapes().filter(|node| node.class() == "ink-seam").count();
    assert_eq!(seams, 10);
}

#[test]
fn one_day_is_a_bar_and_not_a_wall() {
    let scene = draw(&days(1, |_| vec![5, 5]), 720);
    let bars = rects(&scene, "outcome-pass");
    assert_eq!(bars.len(), 1);
    assert!(bars[0].2 <= 64.0);
    assert_eq!(texts(&scene, Anchor::Middle).len(), 1);
}

#[test]
fn no_days_and_only_zeros_draw_axes_alone() {
    for days in [days(0, |_| vec![]), days(9, |_| vec![0, 0, 0]), days(9, |_| vec![])] {
        let scene = draw(&days, 500);
        assert!(series().iter().all(|series| rects(&scene, series.class).is_empty()));
        assert_eq!(texts(&scene, Anchor::End).len(), 3);
        assert!(rects(&scene, "ink-gap").is_empty());
    }
}

#[test]
fn a_day_without_report_is_not_a_day_of_zero() {
    let mut days = days(10, |_| vec![4]);
    for day in &mut days[3..6] {
        *day = Day { values: vec![], gap: true, ..day.clone() };
    }
    days[8].values = vec![0];
    let scene = draw(&days, 720);
    let gaps = rects(&scene, "ink-gap");
    assert_eq!(gaps.len(), 1, "neighbours are one band");
    assert_eq!(gaps[0].3, f64::from(scene.plot.1 - scene.plot.0));
    let (left, right) = (gaps[0].0, gaps[0].0 + gaps[0].2);
    assert!(left < scene.slots.middle(3) && scene.slots.middle(5) < right);
    assert!(right < scene.slots.middle(8));
    assert_eq!(rects(&scene, "outcome-pass").len(), 6);
}

#[test]
fn long_reports_are_marked_below_the_base_line() {
    let mut days = days(10, |_| vec![4]);
    days[2].long = true;
    days[9].long = true;
    let scene = draw(&days, 720);
    let marks = rects(&scene, "ink-long");
    assert_eq!(marks.len(), 2);
    assert!(marks.iter().all(|mark| mark.1 > f64::from(scene.plot.1) && mark.3 > 0.0));
}

#[test]
fn counts_near_the_end_of_the_number_line() {
    let days = days(3, |n| vec![[1 << 63, u64::MAX, 5][n], [1 << 62, u64::MAX, 5][n], 7]);
    assert_eq!(days[1].total(), u64::MAX);
    let scene = draw(&days, 720);
    for (x, y, w, h) in series().iter().flat_map(|series| rects(&scene, series.class)) {
        assert!(x >= 0.0 && w > 0.0 && h >= 0.0);
        assert!(y >= f64::from(scene.plot.0) && y + h <= f64::from(scene.plot.1) + 1e-9, "{y} {h}");
    }
    assert!(texts(&scene, Anchor::End).len() >= 3);
}

#[test]
fn the_worst_day_of_many_stays_visible() {
    let spike = 777;
    let days = days(1500, |n| vec![10, if n == spike { 990 } else { 0 }]);
    for width in SIZES {
        let scene = draw(&days, width);
        let fails = rects(&scene, "outcome-fail");
        assert_eq!(fails.len(), 1, "{width}");
        assert!(fails[0].2 >= 1.0 && fails[0].3 > 150.0);
        assert!((fails[0].0 - scene.slots.middle(spike)).abs() <= 2.0);
    }
}
