export type Environment = Readonly<Record<string, string | undefined>>

/** The only place that reads `process.env`: everything else is told. */
export function processEnvironment(): Environment {
  return process.env
}

/** A variable's text. Compose files pass on what is not set as an empty one. */
export function variable(environment: Environment, name: string): string | undefined {
  const text = environment[name]
  return text === undefined || text.trim() === '' ? undefined : text
}

/** Every CI service sets it. */
export function isCi(environment: Environment): boolean {
  const said = variable(environment, 'CI')?.trim().toLowerCase()
  return said !== undefined && !['0', 'false', 'no', 'off'].includes(said)
}

export const DEFAULT_PORT = 3000

/** PORT, where it is one; the config complains where it is not. */
export function portVariable(environment: Environment): number {
  const text = variable(environment, 'PORT')?.trim() ?? ''
  return /^\d{1,5}$/.test(text) && Number(text) <= 65535 ? Number(text) : DEFAULT_PORT
}
