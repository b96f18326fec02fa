import * as v from 'valibot'
import type { Ask } from '../../core/admin-route.ts'
import { PipitError } from '../../core/errors.ts'
import { didYouMean } from '../../core/nearest.ts'
import type { Queue } from '../engine/queue.ts'
import type { World } from '../world.ts'

/** Where a queue is, for those who say it. */
export const PLACE = {
  region: v.optional(v.string()),
  account: v.optional(v.pipe(v.string(), v.regex(/^\d{12}$/, 'expected an account of twelve digits'))),
}

export interface Place {
  readonly region?: string | undefined
  readonly account?: string | undefined
}

export const DEFAULT_ACCOUNT = '000000000000'

/** The queue that a path names. */
export function queueOf(world: World, { parameters }: Ask, place: Place, defaultRegion: string): Queue {
  return queueNamed(world, parameters['name'] as string, place, defaultRegion)
}

/**
 * A queue by its name: in the region and account asked for; else the only one of this name, else that of the default
 * place. Throws a PipitError: `not-found`, or `conflict` with the candidates.
 */
export function queueNamed(world: World, name: string, { region, account }: Place, defaultRegion: string): Queue {
  const all = [...world.engine.all()]
  const named = all.filter(({ key }) => key.name === name)
  const known = named.filter(
    ({ key }) => (region ?? key.region) === key.region && (account ?? key.account) === key.account,
  )
  const [only, ...others] = known
  if (others.length > 0) {
    const places = known.map(({ key }) => `region=${key.region}&account=${key.account}`)
    throw new PipitError('conflict', `there are several queues ${name}: say which one by ?${places.join(', ?')}`)
  }
  const queue = only ?? world.find({ name, region: region ?? defaultRegion, account: account ?? DEFAULT_ACCOUNT })
  if (queue !== undefined) return queue
  const elsewhere = named.map(({ key }) => key.region)
  const hint =
    elsewhere.length > 0
      ? `; there is one in ${elsewhere.join(', ')}`
      : didYouMean(
          name,
          all.map(({ key }) => key.name),
        )
  throw new PipitError('not-found', `there is no queue ${name}${hint}`)
}
