internal import OpenRouterAPI

/// What of a world outlives the process: everything that a client has made and is told of again.
///
/// Not the journal, nor what is kept for minutes only: response and prompt caches, sticky routes.
extension World {
    package struct Snapshot: Sendable, Codable {
        fileprivate var platform: Platform
        fileprivate var presets: PresetStore
        fileprivate var files: FileStore
        fileprivate var videos: VideoJobs
        fileprivate var batches: BatchJobs
        /// How often each request was simulated, so that two equal requests get two ids after a restart as well.
        fileprivate var occurrences: [UInt64: Int]
    }

    /// What has changed since it was last asked for.
    package struct Changes: Sendable {
        package var snapshot: Snapshot
        /// By id, in the order in which they came; nil for those that are kept no longer.
        package var generations: [(id: String, record: GenerationRecord?)]
    }

    /// Notes changes from now on, for ``takeChanges()``.
    package func trackChanges() {
        withState { state in
            state.generations.trackChanges()
            state.savedRevision = state.revision
        }
    }

    /// Nil when nothing has changed.
    package func takeChanges() -> Changes? {
        withState { state in
            guard state.revision != state.savedRevision else { return nil }
            state.savedRevision = state.revision
            let snapshot = Snapshot(
                platform: state.platform,
                presets: state.inference.presets,
                files: state.inference.files,
                videos: state.inference.videos,
                batches: state.inference.batches,
                occurrences: state.occurrences
            )
            return Changes(snapshot: snapshot, generations: state.generations.takeChanges())
        }
    }

    /// Makes changes that could not be written down be given again.
    package func restoreChanges(_ changes: Changes) {
        withState { state in
            state.revision += 1
            state.generations.restoreChanges(changes.generations.map(\.id))
        }
    }

    /// Goes on where another process has stopped.
    ///
    /// - Parameters:
    ///   - snapshot: as it was written down last.
    ///   - generations: in the order in which they came.
    package func restore(_ snapshot: Snapshot, generations: [GenerationRecord]) {
        withState { state in
            state.platform = snapshot.platform
            state.platform.listKeys()
            state.inference.presets = snapshot.presets
            state.inference.files = snapshot.files
            state.inference.videos = snapshot.videos
            state.inference.batches = snapshot.batches
            state.occurrences = snapshot.occurrences
            for record in generations { state.generations.insert(record) }
        }
    }
}
