/// Requests that OpenRouter makes of its own accord.
extension World {
    /// What has to be sent to clients now: callbacks of videos that have ended, traces of generations.
    ///
    /// Nothing in a world happens by itself; whoever keeps it calls this from time to time. Each callback is given
    /// once.
    package func takeCallbacks() -> [Callback] {
        bookEndedVideos()
        bookEndedBatches()
        let (videos, broadcasts) = withInferenceState { state, now in
            (state.videos.takeCallbacks(at: now), state.broadcasts.takeAll())
        }
        return videos + broadcasts.compactMap(\.callback)
    }
}
