import { PipitError } from '../core/errors.ts'
import type { ServiceShapes } from '../core/shapes.ts'
import { optionName } from './option-name.ts'
import { optionValue, type ReadFile } from './option-value.ts'
import { OUTPUT_FORMATS, type OutputFormat } from './output.ts'

/** What a command line of the AWS CLI asks for. */
export interface Asked {
  /** `CreateQueue`. */
  readonly operation: string
  readonly input: Readonly<Record<string, unknown>>
  readonly endpointUrl: string | undefined
  readonly region: string | undefined
  readonly query: string | undefined
  readonly output: OutputFormat
}

export interface AskedOf {
  /** `sqs`. */
  readonly service: string
  readonly shapes: ServiceShapes
  readonly readFile: ReadFile
}

/** Options of the AWS CLI itself that take a value; the first four mean something here. */
const WITH_VALUE = [
  'endpoint-url',
  'region',
  'query',
  'output',
  'profile',
  'color',
  'ca-bundle',
  'cli-read-timeout',
  'cli-connect-timeout',
  'cli-binary-format',
  'cli-input-json',
]
const SWITCHES = ['debug', 'no-verify-ssl', 'no-paginate', 'no-sign-request', 'no-cli-pager', 'no-cli-auto-prompt']

/** Throws a PipitError where it is not understood. */
export function readArguments(args: readonly string[], { service, shapes, readFile }: AskedOf): Asked {
  const { words, options } = split(args)
  const [named, verb, extra] = words
  if (named === undefined) throw usage(`expected a service: awslocal ${service} OPERATION`)
  if (named !== service) throw usage(`only ${service} is served here, not "${named}"`)
  const operation = Object.keys(shapes.operations).find((name) => optionName(name) === verb)
  if (operation === undefined) {
    const known = Object.keys(shapes.operations).map(optionName)
    throw usage(`${verb === undefined ? 'expected an operation' : `unknown operation "${verb}"`}: ${known.join(', ')}`)
  }
  if (extra !== undefined) throw usage(`unknown word "${extra}"`)
  const one = (name: string): string | undefined => options.get(name)?.[0]
  const output = one('output') ?? 'json'
  if (!OUTPUT_FORMATS.some((format) => format === output))
    throw usage(`--output ${output} is not written here: ${OUTPUT_FORMATS.join(' and ')} are`)
  return {
    operation,
    input: inputOf(operation, options, shapes, readFile),
    endpointUrl: one('endpoint-url'),
    region: one('region'),
    query: one('query'),
    output: output as OutputFormat,
  }
}

function inputOf(
  operation: string,
  options: ReadonlyMap<string, readonly string[]>,
  shapes: ServiceShapes,
  readFile: ReadFile,
): Record<string, unknown> {
  const { members = {}, required = [] } = shapes.operations[operation]?.input ?? {}
  const whole = options.get('cli-input-json')
  const input =
    whole === undefined ? {} : optionValue('--cli-input-json', whole, { type: 'structure', members }, readFile)
  const named = Object.entries(members).flatMap(([member, shape]) => {
    const given = options.get(optionName(member))
    return given === undefined
      ? []
      : [[member, optionValue(`--${optionName(member)}`, given, shape, readFile)] as const]
  })
  const known = [...Object.keys(members).map(optionName), ...WITH_VALUE, ...SWITCHES]
  const unknown = [...options.keys()].find((option) => !known.includes(option))
  if (unknown !== undefined) throw usage(`unknown option --${unknown} of ${optionName(operation)}`)
  const complete = { ...(input as object), ...Object.fromEntries(named) }
  const missing = required.filter((member) => !(member in complete)).map((member) => `--${optionName(member)}`)
  if (missing.length > 0) throw usage(`${optionName(operation)} needs ${missing.join(', ')}`)
  return complete
}

/** An option takes the words up to the next one, but for those of the AWS CLI, which stand anywhere. */
function split(args: readonly string[]): { words: string[]; options: Map<string, string[]> } {
  const words: string[] = []
  const options = new Map<string, string[]>()
  let open: string[] = words
  for (let index = 0; index < args.length; index++) {
    const arg = args[index] as string
    const [, name, equals, value = ''] = /^--([a-z][a-z-]*)(?:(=)(.*))?$/s.exec(arg) ?? []
    if (name === undefined) {
      open.push(arg)
      continue
    }
    if (options.has(name)) throw usage(`--${name} is there twice`)
    const given = equals === undefined ? [] : [value]
    options.set(name, given)
    const isGlobal = WITH_VALUE.includes(name)
    if (isGlobal && equals === undefined) {
      index++
      if (index >= args.length) throw usage(`--${name} needs a value`)
      given.push(args[index] as string)
    }
    // Once service and operation are named, every word belongs to an option.
    open = isGlobal || SWITCHES.includes(name) || equals !== undefined ? words : given
  }
  return { words, options }
}

function usage(message: string): PipitError {
  return new PipitError('usage', message)
}
