//! Look-ups: whom they ask, one after the other, and what they found.

use std::cell::{Cell, RefCell};
use std::net::IpAddr;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use dmarcscope::lookups::dns::{self, Kind, Resolver};
use dmarcscope::lookups::{Holding, Looked, Name, Next, Queue, RESOLVER, Refusal, Reverse, rdap};
use dmarcscope::protocol::networks::{FromNetworks, Progress, Settings, ToNetworks};
use dmarcscope::protocol::{pack, unpack};

use super::ask::{ask, host};
use super::port::tell_page;
use super::program::Program;
use super::store::{StoreLine, after};

/// What found things and settings are kept under.
const FOUND: &str = "lookups";
const SETTINGS: &str = "lookup-settings";
/// Names of an address whose way back is looked at.
const MOST_NAMES: usize = 3;
/// Characters of an answer that are kept to be shown.
const MOST_RAW: usize = 64 << 10;
const RDAP: &str = "application/rdap+json";
const DNS: &str = "application/dns-json";

/// The state of look-ups.
#[derive(Default)]
pub struct Looking {
    settings: RefCell<Settings>,
    queue: RefCell<Queue>,
    progress: RefCell<Progress>,
    /// Another number for each time everything was ended: answers of before are not taken.
    round: Cell<u32>,
    /// Whether a look at the queue is to come.
    is_waiting: Cell<bool>,
}

impl Program {
    /// Takes back what is kept of earlier look-ups.
    pub fn recall(self: &Rc<Self>, store: &Rc<StoreLine>) {
        let (own, other) = (Rc::clone(self), Rc::clone(self));
        store.recall(SETTINGS, move |value| {
            // What another version kept in another form is none.
            if let Some(settings) = value.and_then(|value| unpack::<Settings>(&value).ok()) {
                *own.looking.settings.borrow_mut() = settings;
            }
            tell_page(&FromNetworks::Settings(own.looking.settings.borrow().clone()));
        });
        store.recall(FOUND, move |value| {
            if let Some(found) = value.and_then(|value| unpack(&value).ok()) {
                other.book.borrow_mut().recall(found, now());
                other.annotate_all();
            }
        });
    }

    /// Handles what is said of look-ups.
    pub fn look_up(self: &Rc<Self>, message: ToNetworks) {
        let looking = &self.looking;
        match message {
            ToNetworks::Plan { id, addresses } => {
                tell_page(&FromNetworks::Plan { id, hosts: self.plan(&addresses) });
            }
            ToNetworks::Set(settings) => {
                if !settings.is_on {
                    self.end();
                }
                if let Some(store) = self.store.get() {
                    store.keep(SETTINGS, Some(pack(&settings)));
                }
                *looking.settings.borrow_mut() = settings.clone();
                tell_page(&FromNetworks::Settings(settings));
            }
            ToNetworks::Look { addresses, again } => self.begin(&addresses, again),
            ToNetworks::Pause(is_paused) => {
                looking.progress.borrow_mut().is_paused = is_paused;
                self.go_on();
            }
            ToNetworks::Cancel => self.end(),
            ToNetworks::Clear => {
                self.end();
                self.book.borrow_mut().clear();
                self.keep();
                *looking.progress.borrow_mut() = Progress::default();
                self.annotate_all();
                self.tell_progress();
            }
            ToNetworks::Export { id } => {
                let text = dmarcscope::lookups::export(self.book.borrow().found());
                tell_page(&FromNetworks::Export { id, text });
            }
            // Handled before.
            ToNetworks::Store | ToNetworks::Database { .. } | ToNetworks::Tell { .. } => {}
        }
    }

    fn resolver(&self) -> Option<Resolver> {
        let settings = self.looking.settings.borrow();
        let chosen = settings.resolver.as_deref()?;
        dns::resolvers().find(|resolver| resolver.code == chosen)
    }

    /// The hosts that are asked for an address.
    pub fn hosts(&self, address: IpAddr) -> Vec<String> {
        let book = self.book.borrow();
        let registry = if book.is_ordinary(address) { book.registries().find(address) } else { None };
        let bases = registry.map(|own| own.base).into_iter().chain(self.resolver().map(|own| own.base));
        bases.map(host).collect()
    }

    /// Whom look-ups would ask for what, leaving out what is known.
    fn plan(&self, addresses: &[IpAddr]) -> Vec<(String, Vec<IpAddr>)> {
        let mut hosts: Vec<(String, Vec<IpAddr>)> = Vec::new();
        for (service, address) in addresses.iter().flat_map(|address| self.services(*address, false)) {
            let base = self.base(service).unwrap_or_default();
            let name = host(base);
            match hosts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, own)) => own.push(address),
                None => hosts.push((name, vec![address])),
            }
        }
        hosts
    }

    fn base(&self, service: &str) -> Option<&'static str> {
        if service == RESOLVER {
            return self.resolver().map(|own| own.base);
        }
        self.book.borrow().registries().of_code(service).map(|own| own.base)
    }

    /// The services that are to be asked for an address.
    fn services(&self, address: IpAddr, again: bool) -> Vec<(&'static str, IpAddr)> {
        let book = self.book.borrow();
        if !book.is_ordinary(address) {
            return Vec::new();
        }
        let registry = book.registries().find(address).filter(|_| again || book.holding(address).is_none());
        let is_named = book.reverse(address).is_some_and(|reverse| !matches!(reverse.name, Name::Failed(_)));
        let resolver = self.resolver().filter(|_| again || !is_named);
        let services = registry.map(|own| own.code).into_iter().chain(resolver.map(|_| RESOLVER));
        services.map(|service| (service, address)).collect()
    }

    fn begin(self: &Rc<Self>, addresses: &[IpAddr], again: bool) {
        if !self.looking.settings.borrow().is_on {
            return;
        }
        {
            let mut progress = self.looking.progress.borrow_mut();
            if !progress.is_active {
                *progress = Progress::default();
            }
            let mut queue = self.looking.queue.borrow_mut();
            for address in addresses {
                let services = self.services(*address, again);
                let book = self.book.borrow();
                if services.is_empty() && book.is_ordinary(*address) && book.registries().find(*address).is_none() {
                    progress.refused.push((String::new(), *address, Refusal::NoRegistry));
                }
                for (service, address) in services {
                    queue.add(service, address);
                    progress.all += 1;
                }
            }
            progress.is_active = progress.all > progress.done;
        }
        self.go_on();
    }

    /// Asks whoever may be asked now, and looks again when another may.
    fn go_on(self: &Rc<Self>) {
        let looking = &self.looking;
        let mut wait = None;
        while !looking.progress.borrow().is_paused {
            let next = looking.queue.borrow_mut().next(js_sys::Date::now());
            match next {
                Next::Ask(service, address) => self.ask_one(service, address),
                Next::GiveUp(service, address) => self.refuse(service, address, Refusal::TooMany),
                Next::Wait(milliseconds) => {
                    wait = Some(milliseconds);
                    break;
                }
                Next::Answer => break,
                Next::Done => {
                    looking.progress.borrow_mut().is_active = false;
                    break;
                }
            }
        }
        // Short waits are the usual pace and not worth a word.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some seconds")]
        let seconds = wait.filter(|wait| *wait > 3_000.0).map(|wait| (wait / 1_000.0).ceil() as u32);
        looking.progress.borrow_mut().waits = seconds;
        self.tell_progress();
        if let Some(wait) = wait
            && !looking.is_waiting.replace(true)
        {
            let own = Rc::clone(self);
            #[expect(clippy::cast_possible_truncation, reason = "a second at the most")]
            let wait = wait.min(1_000.0) as i32 + 1;
            after(wait, move || {
                own.looking.is_waiting.set(false);
                own.go_on();
            });
        }
    }

    fn ask_one(self: &Rc<Self>, service: &'static str, address: IpAddr) {
        let (own, round) = (Rc::clone(self), self.looking.round.get());
        spawn_local(async move {
            let answer = if service == RESOLVER {
                own.find_name(address).await
            } else {
                own.find_holder(service, address).await
            };
            let too_often = answer == Err(Refusal::TooMany);
            own.looking.queue.borrow_mut().answered(service, address, too_often, js_sys::Date::now());
            if round != own.looking.round.get() {
                own.looking.queue.borrow_mut().clear();
                return;
            }
            match answer {
                Ok(()) => own.answered(service, address),
                // It is asked again, or given up in the end.
                Err(Refusal::TooMany) => {}
                Err(refusal) => own.refuse(service, address, refusal),
            }
            own.go_on();
        });
    }

    fn answered(&self, service: &str, address: IpAddr) {
        let book = self.book.borrow();
        // An answer covers its whole range: others in it are not asked for.
        let known = self
            .looking
            .queue
            .borrow_mut()
            .drop_known(|service, address| service != RESOLVER && book.holding(address).is_some());
        let range = book.holding(address).map(|looked| (looked.holding.first, looked.holding.last));
        drop(book);
        let mut progress = self.looking.progress.borrow_mut();
        progress.done = progress.done.saturating_add(u32::try_from(known.saturating_add(1)).unwrap_or(u32::MAX));
        drop(progress);
        let is_name = service == RESOLVER;
        self.annotate_those(|other| {
            other == address || !is_name && range.is_some_and(|(first, last)| (first..=last).contains(&other))
        });
        self.keep();
    }

    fn refuse(&self, service: &str, address: IpAddr, refusal: Refusal) {
        let mut progress = self.looking.progress.borrow_mut();
        progress.done = progress.done.saturating_add(1);
        progress.refused.push((service.to_owned(), address, refusal));
    }

    async fn find_holder(&self, service: &str, address: IpAddr) -> Result<(), Refusal> {
        let base = self.base(service).ok_or(Refusal::NoRegistry)?;
        let looked = holder(&rdap::url(base, address), address).await?;
        // A national registry may tell more. Only one is asked, and what it does not tell is told already.
        let further = match &looked.holding.referral {
            Some(url) => holder(url, address).await.ok(),
            None => None,
        };
        let mut book = self.book.borrow_mut();
        book.hold(looked);
        if let Some(further) = further {
            book.hold(further);
        }
        Ok(())
    }

    async fn find_name(&self, address: IpAddr) -> Result<(), Refusal> {
        let resolver = self.resolver().ok_or(Refusal::Cancelled)?;
        let name = match name_of(resolver.base, address).await {
            Err(Refusal::TooMany) => return Err(Refusal::TooMany),
            Err(refusal) => Name::Failed(refusal),
            Ok(name) => name,
        };
        let failed = if let Name::Failed(refusal) = &name { Some(*refusal) } else { None };
        self.book.borrow_mut().name(address, Reverse { name, resolver: host(resolver.base), asked: now() });
        failed.map_or(Ok(()), Err)
    }

    /// Asks nothing more.
    fn end(&self) {
        let looking = &self.looking;
        looking.round.set(looking.round.get().wrapping_add(1));
        looking.queue.borrow_mut().clear();
        let mut progress = looking.progress.borrow_mut();
        (progress.is_active, progress.is_paused, progress.waits) = (false, false, None);
        drop(progress);
        self.tell_progress();
    }

    fn keep(&self) {
        if let Some(store) = self.store.get() {
            store.keep(FOUND, Some(pack(self.book.borrow().found())));
        }
    }

    fn tell_progress(&self) {
        tell_page(&FromNetworks::Progress(self.looking.progress.borrow().clone()));
    }
}

async fn holder(url: &str, address: IpAddr) -> Result<Looked, Refusal> {
    let (url, mut raw) = ask(url, RDAP).await?;
    let holding: Holding = rdap::read(&raw, address, &url)?;
    let end = (0..=MOST_RAW.min(raw.len())).rev().find(|end| raw.is_char_boundary(*end));
    raw.truncate(end.unwrap_or_default());
    Ok(Looked { holding, url, asked: now(), raw })
}

/// The name of an address, and whether it leads back to it.
async fn name_of(base: &str, address: IpAddr) -> Result<Name, Refusal> {
    let (_, text) = ask(&dns::url(base, &dns::reverse_name(address), Kind::Ptr), DNS).await?;
    let names = dns::read(&text, Kind::Ptr)?;
    let kind = if address.is_ipv4() { Kind::A } else { Kind::Aaaa };
    for name in names.iter().take(MOST_NAMES) {
        let Ok((_, text)) = ask(&dns::url(base, name, kind), DNS).await else { continue };
        if dns::read(&text, kind).is_ok_and(|addresses| dns::leads_to(&addresses, address)) {
            return Ok(Name::Confirmed(name.clone()));
        }
    }
    Ok(names.into_iter().next().map_or(Name::None, Name::Unconfirmed))
}

/// Seconds since the epoch.
#[expect(clippy::cast_possible_truncation, reason = "seconds for a long time to come")]
fn now() -> i64 {
    (js_sys::Date::now() / 1_000.0) as i64
}
