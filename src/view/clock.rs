//! Whose days: those of UTC, as reporters count them, or the person's own.

use dmarcscope::analysis::Zone;

/// Whose midnight begins a day.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// Coordinated universal time. Nearly all reporters cut their reports by it.
    #[default]
    Utc,
    /// The time of the place where the browser is.
    Local,
}

impl Clock {
    /// The offsets that hold by it.
    pub fn zone(self) -> Zone {
        match self {
            Self::Utc => Zone::UTC,
            Self::Local => local(),
        }
    }
}

/// The browser's offsets from 2010, before the first DMARC report, to 2045.
#[cfg(target_arch = "wasm32")]
fn local() -> Zone {
    use std::cell::OnceCell;

    use wasm_bindgen::JsValue;

    thread_local!(static ZONE: OnceCell<Zone> = const { OnceCell::new() });
    const YEARS: (i64, i64) = (1_262_304_000, 2_366_841_600);
    let offset = |second: i64| {
        #[expect(clippy::cast_precision_loss, reason = "seconds of these years are exact")]
        let minutes = js_sys::Date::new(&JsValue::from(second as f64 * 1_000.0)).get_timezone_offset();
        // What the browser gives is what to add to get UTC. It is whole minutes, within a day.
        #[expect(clippy::cast_possible_truncation, reason = "within a day")]
        let seconds = (minutes * -60.0) as i32;
        seconds
    };
    ZONE.with(|zone| zone.get_or_init(|| Zone::between(YEARS, offset)).clone())
}

/// The host's tests know no place.
#[cfg(not(target_arch = "wasm32"))]
const fn local() -> Zone {
    Zone::UTC
}
