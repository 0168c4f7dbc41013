//! Stored plans to compare with the open one.

use super::documents::GONE;
use super::stored::Stored;
use super::{Documents, Storage, StorageError};
use crate::document::record;
use crate::plan::Plan;

impl<S: Storage> Documents<S> {
    /// The name and the plan of a document.
    ///
    /// # Errors
    ///
    /// If the document is gone or damaged, or storage can't be read.
    pub async fn plan(&self, key: &str, now: u64) -> Result<(String, Plan), String> {
        let Stored { head, record } = self.load(key, now).await.map_err(StorageError::on_reading)?;
        let read = record::read(&record.ok_or(GONE)?);
        let (document, _) = read.ok_or("This plan can't be read, so it was not compared.")?;
        let name = head.map_or_else(|| document.name().to_owned(), |head| head.name);
        Ok((name, document.plan().clone()))
    }

    /// The name and the plan of a version, given by the time it was saved. Automatic versions have no name.
    ///
    /// # Errors
    ///
    /// If the version is gone or damaged, or storage can't be read.
    pub async fn plan_of_version(&self, key: &str, saved: u64) -> Result<(String, Plan), String> {
        let (name, document) = self.version(key, saved, StorageError::on_reading).await?;
        Ok((name, document.plan().clone()))
    }

    /// The newest version of a document whose plan matches; `None` if no readable one does.
    ///
    /// # Errors
    ///
    /// If storage can't be read.
    pub async fn version_with(
        &self,
        key: &str,
        is_meant: impl Fn(&Plan) -> bool,
    ) -> Result<Option<Plan>, String> {
        let versions = self.versions(key).await.map_err(StorageError::on_reading)?;
        let mut plans = versions.iter().filter_map(|version| record::read(&version.record));
        Ok(plans.find(|(document, _)| is_meant(document.plan())).map(|(document, _)| document.plan().clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Document, History};
    use crate::library::memory::{Faults, Memory, at, block_on};
    use crate::library::{ObjectStore, Snapshot};

    fn snapshot(title: &str) -> Snapshot {
        let document = Document::from_text(format!("# {title}\n\n- One"));
        Snapshot::new("plan".to_owned(), &document, &History::default())
    }

    #[test]
    fn plans_are_found_in_documents_and_versions_or_it_is_said_why_not() {
        let memory = Memory::default();
        let documents = Documents::new(memory.clone());
        block_on(documents.save(&snapshot("Shop"), &at(1))).unwrap();
        block_on(documents.name_version(snapshot("Before"), "First", 2)).unwrap();
        assert_eq!(block_on(documents.plan("plan", 3)).unwrap().0, "Shop");
        let (name, plan) = block_on(documents.plan_of_version("plan", 2)).unwrap();
        assert_eq!((name.as_str(), plan.title.as_str()), ("First", "Before"));
        let with =
            |title: &'static str| block_on(documents.version_with("plan", move |plan| plan.title == title));
        assert_eq!(with("Before").unwrap(), Some(plan));
        assert_eq!(with("Shop").unwrap(), None);

        assert_eq!(block_on(documents.plan("gone", 3)).unwrap_err(), GONE);
        memory.set(ObjectStore::Records, "plan", "damaged");
        let damaged = "This plan can't be read, so it was not compared.";
        assert_eq!(block_on(documents.plan("plan", 3)).unwrap_err(), damaged);
        let silent = StorageError::Silent;
        memory.set_faults(Faults { read: Some((0, silent)), ..Faults::default() });
        assert_eq!(with("Before").unwrap_err(), silent.on_reading());
        assert_eq!(block_on(documents.plan_of_version("plan", 2)).unwrap_err(), silent.on_reading());
    }
}
