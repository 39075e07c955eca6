use dmarcscope::analysis::Filter;

/// Steps that are kept.
const MOST: usize = 100;

/// What the filter was before, to go back to, and what was gone back from. Screens are no steps: only the filter is.
#[derive(Debug, Default)]
pub struct History {
    past: Vec<Filter>,
    now: Filter,
    future: Vec<Filter>,
}

impl History {
    /// Begins here.
    pub fn of(now: Filter) -> Self {
        Self { now, ..Self::default() }
    }

    /// The filter is this one by now: a step, if it is another one.
    pub fn see(&mut self, filter: &Filter) {
        if self.now != *filter {
            self.past.push(std::mem::replace(&mut self.now, filter.clone()));
            self.future.clear();
            if self.past.len() > MOST {
                self.past.remove(0);
            }
        }
    }

    /// The filter of the step before.
    pub fn undo(&mut self) -> Option<Filter> {
        let before = self.past.pop()?;
        self.future.push(std::mem::replace(&mut self.now, before));
        Some(self.now.clone())
    }

    /// The filter of the step that was undone last.
    pub fn redo(&mut self) -> Option<Filter> {
        let after = self.future.pop()?;
        self.past.push(std::mem::replace(&mut self.now, after));
        Some(self.now.clone())
    }

    /// Whether there is a step to undo, and one to redo.
    pub const fn can(&self) -> (bool, bool) {
        (!self.past.is_empty(), !self.future.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filter(text: &str) -> Filter {
        text.parse().unwrap()
    }

    #[test]
    fn steps_are_undone_and_done_again_until_another_way_is_taken() {
        let mut history = History::of(filter(""));
        assert_eq!((history.can(), history.undo(), history.redo()), ((false, false), None, None));
        for text in ["from:a", "from:a", "from:a dkim:fail"] {
            history.see(&filter(text));
        }
        assert_eq!(history.undo(), Some(filter("from:a")));
        // The address follows, which is no step.
        history.see(&filter("from:a"));
        assert_eq!((history.can(), history.undo()), ((true, true), Some(filter(""))));
        assert_eq!(history.redo(), Some(filter("from:a")));
        history.see(&filter("spf:pass"));
        assert_eq!((history.can(), history.redo()), ((true, false), None));
        assert_eq!(history.undo(), Some(filter("from:a")));
    }

    #[test]
    fn no_more_steps_are_kept_than_anybody_goes_back() {
        let mut history = History::default();
        (0..300).for_each(|step| history.see(&filter(&format!("report:{step}"))));
        assert_eq!(std::iter::from_fn(|| history.undo()).count(), MOST);
    }
}
