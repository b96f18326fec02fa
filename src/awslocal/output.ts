/** The AWS CLI's output formats that scripts read. */
export const OUTPUT_FORMATS = ['json', 'text'] as const
export type OutputFormat = (typeof OUTPUT_FORMATS)[number]

/** The text to print, with its line end; empty where the AWS CLI prints nothing. */
export function formatOutput(data: unknown, format: OutputFormat): string {
  if (format === 'text') return textLines(data, undefined).join('')
  const isNothing = typeof data === 'object' && data !== null && !Array.isArray(data) && Object.keys(data).length === 0
  return isNothing ? '' : `${JSON.stringify(data, undefined, 4)}\n`
}

/**
 * Scalars of one level stand on one line, in the order of their names, with tabs between; what is nested follows, with
 * its name in capitals at the front of the line.
 */
function textLines(data: unknown, label: string | undefined): string[] {
  if (isScalar(data)) return [line(label === undefined ? [data] : [label, data])]
  if (Array.isArray(data)) {
    const items = data as unknown[]
    const scalars = items.filter(isScalar)
    const nested = items.filter((item) => !isScalar(item)).flatMap((item) => textLines(item, label))
    if (scalars.length === 0) return nested
    return [...(label === undefined ? [line(scalars)] : scalars.map((scalar) => line([label, scalar]))), ...nested]
  }
  const entries = Object.entries(data as object).toSorted(([a], [b]) => (a < b ? -1 : 1))
  const scalars = entries.flatMap(([, value]: [string, unknown]) => (isScalar(value) ? [value] : []))
  const nested = entries.flatMap(([name, value]: [string, unknown]) =>
    isScalar(value) ? [] : textLines(value, name.toUpperCase()),
  )
  if (scalars.length === 0) return nested
  return [line(label === undefined ? scalars : [label, ...scalars]), ...nested]
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return typeof value !== 'object' || value === null
}

/** As Python writes them. */
function line(scalars: ReadonlyArray<string | number | boolean | null>): string {
  const words = scalars.map((scalar) => {
    if (scalar === null) return 'None'
    if (typeof scalar === 'boolean') return scalar ? 'True' : 'False'
    return String(scalar)
  })
  return `${words.join('\t')}\n`
}
