import Dispatch
import Foundation
import Glibc
import Synchronization

/// A wish to stop a run, made from a signal or another thread.
package final class Interruption: Sendable {
  /// Becomes readable when the wish is made.
  let descriptor: Int32
  private let writeEnd: Int32
  private let sources = Mutex<[any DispatchSourceSignal]>([])

  package init() throws {
    let ends = try makePipe()
    (descriptor, writeEnd) = (ends[0], ends[1])
  }

  deinit {
    sources.withLock { sources in
      for source in sources {
        source.cancel()
        signal(Int32(source.handle), SIG_DFL)
      }
    }
    close(descriptor)
    close(writeEnd)
  }

  /// Makes the wish.
  package func interrupt() {
    var byte: UInt8 = 0
    write(writeEnd, &byte, 1)
  }

  /// Makes the wish when this process is told to end, instead of ending, as long as `self` lives.
  package func watchSignals() {
    sources.withLock { sources in
      sources = [SIGINT, SIGTERM, SIGHUP].map { number in
        signal(number, SIG_IGN)
        let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
        source.setEventHandler { [weak self] in self?.interrupt() }
        source.resume()
        return source
      }
    }
  }
}

extension Interruption {
  /// Waits for the wish; returns whether it was made in time.
  package func wait(milliseconds: Int32) -> Bool {
    var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&watched, 1, milliseconds) > 0
  }
}
