//! What stands in for the store until that is loaded: the same headline figures, and nothing is lost when the store takes over.

use dmarcscope::analysis::{Totals, Zone};
use dmarcscope::ledger::Note;
use dmarcscope::protocol::{Delivery, FromStore, ToStore, pack, unpack};
use dmarcscope::roles::{First, Handled};

use crate::support::{Made, Page, Reader, row};

/// What the store is told, in order.
enum Kept {
    Delivery(u32, Vec<u8>),
    Message(ToStore),
}

/// What stands in for the store, beside a store that was there from the start.
struct Both {
    first: First,
    kept: Vec<Kept>,
    page: Page,
}

impl Both {
    fn new() -> Self {
        Self { first: First::default(), kept: Vec::new(), page: Page::new() }
    }

    fn deliver(&mut self, reader: u32, bytes: Vec<u8>) {
        let delivery: Delivery = unpack(&bytes).unwrap();
        let (first, store) = (self.first.deliver(reader, &delivery), self.page.store.deliver(reader, &delivery));
        assert_eq!(pack(&first), pack(&store));
        self.kept.push(Kept::Delivery(reader, bytes));
        self.check();
    }

    fn tell(&mut self, message: ToStore) {
        let Handled { tell, keep } = self.first.handle(message.clone());
        assert_eq!(pack(&tell), pack(&self.page.send(&message)));
        self.kept.extend(keep.map(Kept::Message));
        self.check();
    }

    fn totals(&mut self, zone: &Zone) -> Totals {
        let ask = ToStore::Figures { id: 3, filter: "".parse().unwrap(), zone: zone.clone() };
        let Handled { tell: Some(FromStore::Figures { id: 3, totals }), keep: None } = self.first.handle(ask) else {
            panic!("no figures")
        };
        totals
    }

    /// Both tell the same figures.
    fn check(&mut self) {
        assert_eq!(self.totals(&Zone::UTC), self.page.totals(""));
    }

    /// A store that is told all that was kept.
    fn taken_over(self) -> (Page, Page) {
        let mut page = Page::new();
        for kept in self.kept {
            match kept {
                Kept::Delivery(reader, bytes) => {
                    page.store.deliver(reader, &unpack::<Delivery>(&bytes).unwrap());
                }
                Kept::Message(message) => {
                    page.send(&message);
                }
            }
        }
        (page, self.page)
    }
}

fn made(id: &str, records: u64) -> Vec<u8> {
    let rows = (0..records).map(|n| if n % 3 == 0 { row("10.0.0.1", n + 1).failing() } else { row("10.0.0.2", n + 2) });
    Made::new(id, rows.collect::<Vec<_>>()).xml()
}

/// All that a reader hands over.
fn deliveries(mut reader: Reader) -> Vec<Vec<u8>> {
    reader.flush();
    std::iter::from_fn(|| reader.next()).collect()
}

#[test]
fn it_counts_as_the_store_does_and_hands_everything_over() {
    let mut both = Both::new();
    let mut reader = Reader::slow(0);
    for (file, id, records) in [(0, "1", 900), (1, "2", 40), (2, "1", 900)] {
        reader.read(file, &format!("{file}.xml"), &made(id, records));
    }
    reader.read(3, "none.txt", b"no report");
    for bytes in deliveries(reader) {
        both.deliver(0, bytes);
    }
    let mut lost = Reader::slow(1);
    lost.read(4, "4.xml", &made("4", 3_000));
    let mut sent = deliveries(lost);
    sent.truncate(1);
    both.deliver(1, sent.remove(0));
    both.tell(ToStore::Lost { reader: 1, note: Note::Cancelled, at: Some((4, "4.xml".into())) });
    both.tell(ToStore::Unread { files: vec![(5, "5.xml".into())], note: Note::Cancelled });
    let before = both.page.totals("");
    assert_eq!((before.reports, before.sources), (3, 2), "a twin does not count");
    let (mut taken, mut always) = both.taken_over();
    assert_eq!(taken.totals(""), always.totals(""));
    assert_eq!(pack(&taken.rows()), pack(&always.rows()));
    for item in 0..4 {
        assert_eq!(pack(&taken.locate(item)), pack(&always.locate(item)));
    }
}

#[test]
fn days_are_those_of_the_zone() {
    let mut both = Both::new();
    let mut reader = Reader::slow(0);
    reader.read(0, "0.xml", &made("1", 5));
    for bytes in deliveries(reader) {
        both.deliver(0, bytes);
    }
    let [utc, west] = [Zone::UTC, Zone { offsets: vec![(0, -86_400)] }].map(|zone| both.totals(&zone));
    assert_eq!(west.first, utc.first.map(|day| day - 1));
    assert_eq!(west.figures, utc.figures);
}

#[test]
fn what_it_cannot_answer_waits_for_the_store() {
    let mut first = First::default();
    let asks = [
        ToStore::Figures { id: 1, filter: "verdict:pass".parse().unwrap(), zone: Zone::UTC },
        ToStore::Locate { id: 2, item: 0 },
        ToStore::Suffixes { id: 3, bytes: b"com".to_vec() },
    ];
    for ask in asks {
        let Handled { tell, keep } = first.handle(ask.clone());
        assert!(tell.is_none());
        assert_eq!(pack(&keep), pack(&Some(ask)));
    }
}
