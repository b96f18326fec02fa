/** `then` for what may be there already: at once for a value, later for a promise. Errors go to the caller, as they come. */
export function after<T, R>(value: T | Promise<T>, then: (value: T) => R | Promise<R>): R | Promise<R> {
  return value instanceof Promise ? value.then(then) : then(value)
}
