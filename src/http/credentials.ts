import { defaultProvider } from '@aws-sdk/credential-provider-node'
import type { Identity, NoCredentials } from '../core/upstream.ts'

export interface Credentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string
}

export interface Found {
  readonly credentials: Credentials
  readonly identity: Identity
}

export interface CredentialChain {
  find(): Promise<Found | NoCredentials>
  renew(): Promise<void>
}

/** As the SDK writes down where it has found them; the first that fits counts. */
const SOURCES: ReadonlyArray<readonly [feature: string, words: string]> = [
  ['CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN', 'a web identity token'],
  ['CREDENTIALS_STS_ASSUME_ROLE_WEB_ID', 'a web identity token'],
  ['CREDENTIALS_STS_ASSUME_ROLE', 'a role that a profile assumes'],
  ['CREDENTIALS_SSO', 'single sign-on'],
  ['CREDENTIALS_SSO_LEGACY', 'single sign-on'],
  ['CREDENTIALS_LOGIN', 'aws login'],
  ['CREDENTIALS_PROCESS', 'a credential process'],
  ['CREDENTIALS_ENV_VARS', 'the environment'],
  ['CREDENTIALS_PROFILE', 'a profile'],
  ['CREDENTIALS_HTTP', 'the metadata of the container'],
  ['CREDENTIALS_IMDS', 'the metadata of the instance'],
]

const TRIED =
  'tried AWS_ACCESS_KEY_ID, single sign-on, the profiles of ~/.aws, a credential process, a web identity token and the metadata of the container or instance'

/** A reason is one line of a log and of an answer. */
const LONGEST_REASON = 300

/** Where AWS's SDKs look for credentials, in their order; they are kept until they are about to expire. */
export function credentialChain(): CredentialChain {
  const create = (): ReturnType<typeof defaultProvider> => defaultProvider({ logger: QUIET, ignoreCache: true })
  let provide = create()
  return {
    async find() {
      try {
        const given = await provide()
        const { accessKeyId, secretAccessKey, sessionToken, accountId } = given
        const source = sourceOf('$source' in given ? given.$source : undefined)
        return {
          credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
          identity: { accessKeyId, source, account: accountId },
        }
      } catch (error) {
        // What a file, a process or a service said; a bug of the library reads the same.
        const { message } = error as Error
        return {
          kind: 'no-credentials',
          reason: `${TRIED}: ${message.replaceAll(/\s+/g, ' ').slice(0, LONGEST_REASON)}`,
        }
      }
    },
    async renew() {
      // A new chain, not the same one asked again: files and variables are read anew, too.
      provide = create()
    },
  }
}

function sourceOf(features: unknown): string {
  const found = SOURCES.find(([feature]) => typeof features === 'object' && features !== null && feature in features)
  return found?.[1] ?? 'an unknown source'
}

const say = (): void => {}

/** The library warns on the console otherwise. */
const QUIET = { trace: say, debug: say, info: say, warn: say, error: say }
