/** `then` for what may be there already: at once for a value, later for a promise. Errors go to the caller, as they come. */
export function after<T, R>(value: T | Promise<T>, then: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(then) : then(value)
}

/** `finally` for the same. */
export function lastly<T>(run: () => T | Promise<T>, then: () => void): T | Promise<T> {
  let value: T | Promise<T>
  try {
    value = run()
  } catch (error) {
    then()
    throw error
  }
  if (value instanceof Promise) return value.finally(then)
  then()
  return value
}
