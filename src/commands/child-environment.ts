import { variable, type Environment } from '../config/process-environment.ts'

/** Where the AWS SDKs find credentials without being told in code. */
const CREDENTIALS = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
]

const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY'].flatMap((name) => [name, name.toLowerCase()])

/**
 * What points the AWS SDKs of a command at a gateway on this machine. Its own region and credentials stay: where requests
 * go on to AWS, the region decides where to. Who has none gets some, for without them no SDK sends anything.
 */
export function childEnvironment(environment: Environment, url: string, region: string): Record<string, string> {
  const said = (name: string): string | undefined => variable(environment, name)
  // boto3 and the AWS CLI read one of them, all others the other.
  const wanted =
    said('AWS_REGION') ?? said('AWS_DEFAULT_REGION') ?? (said('AWS_PROFILE') === undefined ? region : undefined)
  const isProxied = PROXIES.some((name) => said(name) !== undefined)
  return {
    AWS_ENDPOINT_URL: `${url}/`,
    AWS_ENDPOINT_URL_SQS: `${url}/sqs/`,
    AWS_ENDPOINT: url,
    PIPIT_URL: url,
    ...(wanted !== undefined && { AWS_REGION: wanted, AWS_DEFAULT_REGION: said('AWS_DEFAULT_REGION') ?? wanted }),
    ...(CREDENTIALS.every((name) => said(name) === undefined) && {
      AWS_ACCESS_KEY_ID: 'any',
      AWS_SECRET_ACCESS_KEY: 'any',
    }),
    ...(isProxied && unproxied(said('NO_PROXY') ?? said('no_proxy'))),
  }
}

/** Programs differ in which spelling they read. */
function unproxied(list: string | undefined): Record<string, string> {
  const complete = [list, 'localhost', '127.0.0.1'].filter((part) => part !== undefined).join(',')
  return { NO_PROXY: complete, no_proxy: complete }
}
