import { ServiceError } from '../core/errors.ts'
import { thrownFailure } from './plugin-failure.ts'
import { isThrownIn, shownPath } from './where-thrown.ts'

/**
 * What a plugin throws where nobody waits for it: in a timer of its own, in a promise that it dropped. It is told about,
 * and pipit goes on; everything else that nobody catches ends the process, as ever. Answers how to stop.
 */
export function watchStrayErrors(folder: string, note: (text: string) => void): () => void {
  const stop = (): void => void process.off('uncaughtException', onError)
  const onError = (error: unknown): void => {
    // An answer of the API that nobody has awaited has no stack, and is no reason to end.
    if (error instanceof ServiceError || isThrownIn(error, folder))
      note(thrownFailure(shownPath(folder), 'something that nothing awaits', error).message)
    else {
      stop()
      queueMicrotask(() => {
        throw error
      })
    }
  }
  process.on('uncaughtException', onError)
  return stop
}
