//! Where small values are kept between visits. One port; what stands behind it is chosen where the store is started.

/// Keeps small values under names.
pub trait Storage {
    /// Keeps a value; the one before it under the same name is gone.
    fn put(&mut self, key: &str, value: Vec<u8>);
    /// The value under a name.
    fn get(&self, key: &str) -> Option<Vec<u8>>;
    /// Removes the value under a name.
    fn remove(&mut self, key: &str);
}

/// Keeps values until the page is closed.
#[derive(Clone, Debug, Default)]
pub struct Memory(Vec<(String, Vec<u8>)>);

impl Storage for Memory {
    fn put(&mut self, key: &str, value: Vec<u8>) {
        self.remove(key);
        self.0.push((key.to_owned(), value));
    }

    fn get(&self, key: &str) -> Option<Vec<u8>> {
        self.0.iter().find(|(known, _)| known == key).map(|(_, value)| value.clone())
    }

    fn remove(&mut self, key: &str) {
        self.0.retain(|(known, _)| known != key);
    }
}
