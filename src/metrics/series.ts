/** Of one session. Rules, operations and statuses are few; what makes them up without end is not counted. */
const MOST_SERIES = 10_000

type Value = string | number
type Node<T> = Map<Value, Node<T> | T>

/** One counter per combination of label values, found label by label: no text is put together to find one. */
export class Series<T> {
  readonly #labels: readonly string[]
  readonly #make: () => T
  readonly #root: Node<T> = new Map()
  size = 0

  constructor(labels: readonly string[], make: () => T) {
    this.#labels = labels
    this.#make = make
  }

  /** In the order of the labels. `undefined`: there are too many already. */
  of(...values: readonly Value[]): T | undefined {
    let at: Node<T> | T | undefined = this.#root
    for (let i = 0; i < values.length && at !== undefined; i++) at = (at as Node<T>).get(values[i] as Value)
    return (at as T | undefined) ?? this.#add(values)
  }

  *entries(): Generator<readonly [labels: Readonly<Record<string, string>>, counter: T]> {
    yield* this.#below(this.#root, {})
  }

  #add(values: readonly Value[]): T | undefined {
    if (this.size >= MOST_SERIES) return undefined
    this.size++
    let node = this.#root
    for (const value of values.slice(0, -1)) {
      const next = (node.get(value) as Node<T> | undefined) ?? new Map<Value, Node<T> | T>()
      node.set(value, next)
      node = next
    }
    const counter = this.#make()
    node.set(values.at(-1) as Value, counter)
    return counter
  }

  *#below(node: Node<T>, known: Record<string, string>): ReturnType<Series<T>['entries']> {
    const depth = Object.keys(known).length
    for (const [value, below] of node) {
      const labels = { ...known, [this.#labels[depth] as string]: String(value) }
      if (depth + 1 === this.#labels.length) yield [labels, below as T]
      else yield* this.#below(below as Node<T>, labels)
    }
  }
}
