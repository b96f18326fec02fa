import type { UpstreamTarget } from '../core/upstream.ts'

export interface UpstreamMistake {
  readonly wrong: string
}

const REGION = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i
const EXPECTED = 'expected aws, aws?region=eu-west-1 or a URL like "http://localstack:4566"'

/** Under these names are endpoints that want to know who asks. */
const AWS_HOST = /\.(?:amazonaws\.(?:com|com\.cn|eu)|api\.aws|api\.amazonwebservices\.(?:com\.cn|eu))$/

/**
 * Where requests go on to:
 *
 *     aws                                the endpoint of the region that the client signs for
 *     aws?region=eu-west-1&fips&dualstack   that of one region; the one for FIPS; the one with IPv6
 *     http://localstack:4566             any other server, with the client's own signature
 *     https://vpce-1.sqs.eu-west-1.vpce.amazonaws.com    one of AWS, signed
 *     https://sqs.example?sign&region=eu-west-1          any other, signed
 */
export function parseUpstream(text: string): UpstreamTarget | UpstreamMistake {
  const [where = '', ...rest] = text.trim().split('?')
  const words = new Map(
    rest
      .join('?')
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => [
        pair.split('=', 1)[0] as string,
        pair.includes('=') ? pair.slice(pair.indexOf('=') + 1) : 'true',
      ]),
  )
  const isAws = where === 'aws'
  const known = isAws ? ['region', 'fips', 'dualstack'] : ['region', 'sign']
  const unknown = [...words.keys()].find((word) => !known.includes(word))
  if (unknown !== undefined) return { wrong: `"${unknown}" is no word of an upstream, expected ${known.join(', ')}` }
  const region = words.get('region')
  if (region !== undefined && !REGION.test(region)) return { wrong: 'expected a region like "eu-west-1"' }
  const switches = ['fips', 'dualstack', 'sign'].map((word) => words.get(word))
  if (switches.some((word) => word !== undefined && word !== 'true' && word !== 'false'))
    return { wrong: 'expected true or false' }
  const [fips, dualStack, sign] = switches.map((word) => word && word === 'true')
  if (isAws) return { to: 'aws', region, fips: fips === true, dualStack: dualStack === true }
  const url = plainUrl(where)
  if (url === undefined) return { wrong: EXPECTED }
  return { to: 'url', url, sign: typeof sign === 'boolean' ? sign : AWS_HOST.test(new URL(url).hostname), region }
}

/** The same as a text. */
export function formatUpstream(target: UpstreamTarget): string {
  const region = target.region === undefined ? [] : [`region=${target.region}`]
  if (target.to === 'url') {
    const byDefault = AWS_HOST.test(new URL(target.url).hostname)
    return withWords(target.url, [...(target.sign === byDefault ? [] : [`sign=${target.sign}`]), ...region])
  }
  return withWords('aws', [...region, ...(target.fips ? ['fips'] : []), ...(target.dualStack ? ['dualstack'] : [])])
}

function withWords(where: string, words: readonly string[]): string {
  return words.length === 0 ? where : `${where}?${words.join('&')}`
}

/** Without a slash at the end. A password would go to logs. */
function plainUrl(text: string): string | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.username !== '' || url.password !== '' || url.hash !== '' || url.hostname === '') return undefined
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '')
}
