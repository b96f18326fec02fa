/**
 * `then` for what may be there already: goes on at once with a value, later with a promise. An error, thrown or rejected,
 * goes to `failed`; what the two throw themselves goes to the caller.
 */
export function settled<T, R>(
  run: () => T | Promise<T>,
  then: (value: T) => R,
  failed: (error: unknown) => R,
): R | Promise<R> {
  let value: T | Promise<T>
  try {
    value = run()
  } catch (error) {
    return failed(error)
  }
  return value instanceof Promise ? value.then(then, failed) : then(value)
}
