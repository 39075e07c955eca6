use super::context::Context;
use super::rules::RULES;
use crate::analysis::zone::Zone;

/// What all rows tell, and the rules that explain those that were asked about so far. It hangs on the dataset, on the days and on
/// whose verdicts are counted, and on no filter: the next query takes it over.
#[derive(Debug, Default)]
pub struct Known {
    /// Of sources, keys, networks and other domains.
    pub context: Context,
    /// Sources of which nothing is proven, ever.
    pub silent_sources: usize,
    /// Whether the context is of all rows.
    pub is_whole: bool,
    /// By row.
    rules: Vec<Explained>,
}

/// Which rule explains a row, as far as that was worked out: one more than its place, and two flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Explained(u16);

/// For what a [`Known`] holds: the number of changes of the dataset, the days, and whether our verdicts are counted.
pub type For = (u64, Zone, bool);

impl Explained {
    const RULE: u16 = 0xFF;
    const HAS_SIGNS: u16 = 0x100;
    const HAS_PASS: u16 = 0x200;

    /// By the rule of this place.
    pub fn by(rule: usize, has_signs: bool, has_pass: bool) -> Self {
        let number = u16::try_from(rule.saturating_add(1)).unwrap_or(Self::RULE).min(Self::RULE);
        let flag = |is: bool, flag: u16| if is { flag } else { 0 };
        Self(number | flag(has_signs, Self::HAS_SIGNS) | flag(has_pass, Self::HAS_PASS))
    }

    /// The place of the rule; `None` until it is worked out.
    pub fn rule(self) -> Option<usize> {
        usize::from(self.0 & Self::RULE).checked_sub(1).filter(|rule| *rule < RULES.len())
    }

    /// Whether the row shows anything but its verdict.
    pub const fn has_signs(self) -> bool {
        self.0 & Self::HAS_SIGNS != 0
    }

    /// Whether it has a result that is a pass, or may have.
    pub const fn has_pass(self) -> bool {
        self.0 & Self::HAS_PASS != 0
    }
}

impl Known {
    /// What explains a row.
    pub fn explained(&self, row: usize) -> Explained {
        self.rules.get(row).copied().unwrap_or_default()
    }

    /// Takes in what explains a row.
    pub fn explain(&mut self, row: usize, explained: Explained) {
        if row >= self.rules.len() {
            self.rules.resize(row.saturating_add(1), Explained::default());
        }
        if let Some(slot) = self.rules.get_mut(row) {
            *slot = explained;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_a_number() {
        assert!(RULES.len() < usize::from(Explained::RULE));
        for place in 0..RULES.len() {
            let explained = Explained::by(place, place % 2 == 0, place % 3 == 0);
            assert_eq!(explained.rule(), Some(place));
            assert_eq!((explained.has_signs(), explained.has_pass()), (place % 2 == 0, place % 3 == 0));
        }
        assert_eq!(Explained::default().rule(), None);
        let mut known = Known::default();
        known.explain(3, Explained::by(1, true, false));
        assert_eq!((known.explained(2), known.explained(3).rule()), (Explained::default(), Some(1)));
    }
}
