import { readFileSync } from 'node:fs'
import type { CommandModule } from 'yargs'
import { type Asked, readArguments } from '../awslocal/arguments.ts'
import { formatOutput } from '../awslocal/output.ts'
import { compileQuery } from '../awslocal/query.ts'
import { processEnvironment, variable, type Environment } from '../config/process-environment.ts'
import { PipitError } from '../core/errors.ts'
import { ask, type Reply } from '../http/ask.ts'
import { sqsShapes } from '../sqs/shapes.ts'
import { healthUrl } from './health.ts'
import { version } from '../version.ts'

/** As the AWS CLI ends: understood and done, not reachable, not understood, refused by the service. */
const EXIT = { done: 0, usage: 252, unreachable: 255, refused: 254 } as const

/** A long poll's 20 s, and some. */
const TIMEOUT_MS = 60_000

const HELP = `awslocal sqs OPERATION [--option VALUE ...]

pipit's own: every operation of SQS, with the AWS CLI's names and its shorthand, sent to the running pipit.
  --endpoint-url URL   another one [AWS_ENDPOINT_URL_SQS, AWS_ENDPOINT_URL, PIPIT_URL]
  --region REGION      [AWS_REGION, AWS_DEFAULT_REGION; us-east-1]
  --query PATH         names, [0], [], [*], [a, b], {x: a}
  --output json|text

Examples:
  awslocal sqs create-queue --queue-name orders --attributes VisibilityTimeout=30
  awslocal sqs send-message --queue-url orders --message-body hello
  awslocal sqs receive-message --queue-url orders --query 'Messages[0].Body' --output text
`

/**
 * What init scripts and health checks call in LocalStack's image. Prints as the AWS CLI does and answers its exit code.
 */
export async function awslocal(
  args: readonly string[],
  environment: Environment = processEnvironment(),
): Promise<number> {
  const [first] = args
  if (asksForHelp(args)) return print(HELP)
  if (first === '--version') return print(`pipit/${version()} (awslocal)\n`)
  // `aws configure set region …` stands in many scripts, and there is nothing that it could change.
  if (first === 'configure') return EXIT.done
  try {
    const asked = readArguments(args, {
      service: 'sqs',
      shapes: sqsShapes,
      readFile,
    })
    const select = asked.query === undefined ? (data: unknown) => data : compileQuery(asked.query)
    const reply = await send(asked, environment)
    if (reply.kind === 'nothing') return complain(`not reachable: ${reply.reason}`, EXIT.unreachable)
    if (reply.status !== 200) return complain(refusal(asked.operation, reply), EXIT.refused)
    if (reply.body === '') return EXIT.done
    return print(formatOutput(select(dataIn(reply.body)), asked.output))
  } catch (error) {
    if (error instanceof PipitError) return complain(error.message, EXIT.usage)
    throw error
  }
}

function send({ operation, input, endpointUrl, region }: Asked, environment: Environment): Promise<Reply> {
  const said = endpointUrl ?? variable(environment, 'AWS_ENDPOINT_URL_SQS') ?? variable(environment, 'AWS_ENDPOINT_URL')
  const endpoint = said ?? new URL('/', healthUrl(undefined, environment)).href.replace('//127.0.0.1:', '//localhost:')
  if (!URL.canParse(endpoint) || new URL(endpoint).protocol !== 'http:')
    throw new PipitError('usage', `expected an endpoint like "http://localhost:3000", got ${JSON.stringify(endpoint)}`)
  const key = variable(environment, 'AWS_ACCESS_KEY_ID') ?? 'test'
  const signedRegion =
    region ?? variable(environment, 'AWS_REGION') ?? variable(environment, 'AWS_DEFAULT_REGION') ?? 'us-east-1'
  return ask(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': `${sqsShapes.targetPrefix}.${operation}`,
      'user-agent': `pipit-awslocal/${version()}`,
      // Account and region are read from it; pipit does not verify signatures.
      authorization: `AWS4-HMAC-SHA256 Credential=${key}/20200101/${signedRegion}/sqs/aws4_request, SignedHeaders=host, Signature=none`,
    },
    body: JSON.stringify(input),
    timeoutMs: TIMEOUT_MS,
  })
}

function refusal(operation: string, { status, headers, body }: Reply & { kind: 'answer' }): string {
  const { __type: type = '', message = '' } = errorIn(body)
  const queryError = headers['x-amzn-query-error']
  const code = (typeof queryError === 'string' ? queryError.split(';')[0] : type.split('#').at(-1)) || String(status)
  return `An error occurred (${code}) when calling the ${operation} operation: ${message}`
}

function errorIn(body: string): { __type?: string; message?: string } {
  try {
    const error: unknown = JSON.parse(body)
    if (typeof error === 'object' && error !== null) return error
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  return { message: body.slice(0, 200) }
}

function dataIn(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch (error) {
    const start = JSON.stringify(body.slice(0, 80))
    throw new PipitError('usage', `what answers there is no SQS, it says ${start}: see --endpoint-url`, {
      cause: error,
    })
  }
}

/** As a word of its own, `help` stands before the options: a message's body may be just that. */
function asksForHelp(args: readonly string[]): boolean {
  const options = args.findIndex((arg) => arg.startsWith('--'))
  const words = options < 0 ? args : args.slice(0, options)
  return args.length === 0 || words.includes('help') || args.includes('--help')
}

function readFile(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new PipitError('usage', `${path} cannot be read: ${(error as Error).message}`, { cause: error })
  }
}

function print(text: string): number {
  process.stdout.write(text)
  return EXIT.done
}

function complain(message: string, code: number): number {
  process.stderr.write(`awslocal: ${message}\n`)
  return code
}

const command: CommandModule = {
  command: 'awslocal',
  describe: "the AWS CLI's sqs commands, for the running pipit: pipit awslocal help",
  builder: (yargs) =>
    yargs
      .example('pipit awslocal sqs list-queues', 'the queues of us-east-1')
      .example('pipit awslocal sqs create-queue --queue-name orders', 'a queue')
      .example('docker compose exec pipit awslocal sqs purge-queue --queue-url orders', 'in a container'),
  // cli.ts takes its arguments before yargs does: they are the AWS CLI's.
  handler: () => {},
}

export default command
