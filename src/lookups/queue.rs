use std::collections::{BTreeMap, VecDeque};
use std::net::IpAddr;

/// The service that is asked for names.
pub const RESOLVER: &str = "resolver";
/// Milliseconds between two questions to a service: about ten in a minute where one allows no more, twenty in a second of a
/// resolver, whose trade that is.
const GAP: f64 = 400.0;
const LONG_GAP: f64 = 6_200.0;
const SHORT_GAP: f64 = 50.0;
/// Milliseconds of rest after the first answer that says "too often"; twice as long after each further one.
const REST: f64 = 30_000.0;
/// After so many of these in a row a service is asked no more.
const PATIENT: u32 = 4;

/// Whom to ask when. Every service has a line of its own, is asked one question at a time, and is left in peace when it says so.
#[derive(Debug, Default)]
pub struct Queue {
    lanes: BTreeMap<&'static str, Lane>,
}

#[derive(Debug, Default)]
struct Lane {
    waiting: VecDeque<IpAddr>,
    is_asked: bool,
    /// The time before which it is not asked.
    not_before: f64,
    /// Answers in a row that said "too often".
    refusals: u32,
}

/// What to do next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Next {
    /// Ask a service for an address.
    Ask(&'static str, IpAddr),
    /// The service is not asked any more: this address gets no answer.
    GiveUp(&'static str, IpAddr),
    /// Nothing until so many milliseconds have gone by.
    Wait(f64),
    /// Nothing until an answer has come.
    Answer,
    /// Nothing at all.
    Done,
}

impl Queue {
    /// Has a service asked for an address.
    pub fn add(&mut self, service: &'static str, address: IpAddr) {
        let waiting = &mut self.lanes.entry(service).or_default().waiting;
        if !waiting.contains(&address) {
            waiting.push_back(address);
        }
    }

    /// What to do at a time, in milliseconds of any clock.
    pub fn next(&mut self, now: f64) -> Next {
        let mut next = Next::Done;
        for (service, lane) in &mut self.lanes {
            if lane.is_asked {
                next = sooner(next, Next::Answer);
            } else if lane.waiting.is_empty() {
            } else if lane.refusals >= PATIENT {
                if let Some(address) = lane.waiting.pop_front() {
                    return Next::GiveUp(service, address);
                }
            } else if lane.not_before > now {
                next = sooner(next, Next::Wait(lane.not_before - now));
            } else if let Some(address) = lane.waiting.pop_front() {
                lane.is_asked = true;
                return Next::Ask(service, address);
            }
        }
        next
    }

    /// An answer has come. With `too_often` the address is asked for again, later.
    pub fn answered(&mut self, service: &'static str, address: IpAddr, too_often: bool, now: f64) {
        let Some(lane) = self.lanes.get_mut(service) else { return };
        lane.is_asked = false;
        if too_often {
            lane.not_before = now + REST * 2_f64.powi(i32::try_from(lane.refusals).unwrap_or(i32::MAX));
            lane.refusals = lane.refusals.saturating_add(1);
            lane.waiting.push_front(address);
        } else {
            lane.not_before = now
                + match service {
                    "lacnic" => LONG_GAP,
                    RESOLVER => SHORT_GAP,
                    _ => GAP,
                };
            lane.refusals = 0;
        }
    }

    /// Asks for none of these any more, as what their service would tell is known now. Gives how many they are.
    pub fn drop_known(&mut self, is_known: impl Fn(&'static str, IpAddr) -> bool) -> usize {
        let lens = |lanes: &BTreeMap<_, Lane>| lanes.values().map(|lane| lane.waiting.len()).sum::<usize>();
        let before = lens(&self.lanes);
        for (service, lane) in &mut self.lanes {
            lane.waiting.retain(|address| !is_known(service, *address));
        }
        before - lens(&self.lanes)
    }

    /// Asks for nothing more. Services that asked for peace keep it. Gives what was waiting.
    pub fn clear(&mut self) -> Vec<IpAddr> {
        self.lanes.values_mut().flat_map(|lane| lane.waiting.drain(..)).collect()
    }
}

/// Of two reasons to wait the one that ends sooner.
fn sooner(a: Next, b: Next) -> Next {
    match (a, b) {
        (Next::Done, other) | (other, Next::Done) => other,
        (Next::Wait(a), Next::Wait(b)) => Next::Wait(a.min(b)),
        (Next::Wait(a), _) | (_, Next::Wait(a)) => Next::Wait(a),
        (other, _) => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(n: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, n])
    }

    #[test]
    fn each_service_is_asked_one_question_at_a_time_and_in_its_own_time() {
        let mut queue = Queue::default();
        for n in 1..=2 {
            queue.add("arin", address(n));
            queue.add("lacnic", address(n + 10));
            queue.add("arin", address(n));
        }
        assert_eq!(queue.next(0.0), Next::Ask("arin", address(1)));
        assert_eq!(queue.next(0.0), Next::Ask("lacnic", address(11)));
        assert_eq!(queue.next(0.0), Next::Answer);
        queue.answered("arin", address(1), false, 10.0);
        queue.answered("lacnic", address(11), false, 10.0);
        assert_eq!(queue.next(10.0), Next::Wait(GAP));
        assert_eq!(queue.next(10.0 + GAP), Next::Ask("arin", address(2)));
        // The line that waits for an answer is not what decides when to look again.
        assert_eq!(queue.next(10.0 + GAP), Next::Wait(LONG_GAP - GAP));
        queue.answered("arin", address(2), false, 900.0);
        assert_eq!(queue.next(10.0 + LONG_GAP), Next::Ask("lacnic", address(12)));
        queue.answered("lacnic", address(12), false, 7_000.0);
        assert_eq!(queue.next(7_000.0), Next::Done);
    }

    #[test]
    fn a_service_that_asks_for_peace_gets_it_ever_longer_and_is_given_up_in_the_end() {
        let mut queue = Queue::default();
        queue.add("ripe", address(1));
        queue.add("ripe", address(2));
        let mut now = 0.0;
        for refusal in 0..PATIENT {
            assert_eq!(queue.next(now), Next::Ask("ripe", address(1)));
            queue.answered("ripe", address(1), true, now);
            if refusal + 1 < PATIENT {
                let rest = REST * f64::from(1 << refusal);
                assert_eq!(queue.next(now), Next::Wait(rest));
                now += rest;
            }
        }
        assert_eq!(queue.next(now), Next::GiveUp("ripe", address(1)));
        assert_eq!(queue.next(now), Next::GiveUp("ripe", address(2)));
        assert_eq!(queue.next(now), Next::Done);
    }

    #[test]
    fn what_is_known_or_no_longer_wanted_is_not_asked_for() {
        let mut queue = Queue::default();
        (1..=4).for_each(|n| queue.add("apnic", address(n)));
        assert_eq!(queue.drop_known(|_, known| known == address(2)), 1);
        assert_eq!(queue.next(0.0), Next::Ask("apnic", address(1)));
        assert_eq!(queue.clear(), [address(3), address(4)]);
        queue.answered("apnic", address(1), false, 0.0);
        assert_eq!(queue.next(0.0), Next::Done);
    }
}
