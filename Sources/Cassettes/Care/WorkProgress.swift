/// Told how much of long work is done: the parts done, and all of them.
package typealias WorkProgress = (_ done: Int, _ total: Int) -> Void
