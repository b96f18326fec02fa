import type { ApiError } from './errors.ts'
import { didYouMean } from './nearest.ts'
import type { Service } from './service.ts'

type Known = Pick<Service, 'errors'>

/** By its code or its shape, each with or without what stands before the last dot or hash. */
export function findError({ errors }: Known, word: string): ApiError | undefined {
  return (
    errors.find(({ code, shape }) => code === word || shape === word) ??
    errors.find(({ shape }) => tail(shape) === word) ??
    errors.find(({ code }) => tail(code) === word)
  )
}

/** What to tell an operator who names an error that no service has. */
export function unknownError(services: readonly Known[], word: string): string | undefined {
  if (services.some((service) => findError(service, word) !== undefined)) return undefined
  const words = services.flatMap(({ errors }) => errors.flatMap(({ code, shape }) => [code, tail(code), tail(shape)]))
  return `no service has an error "${word}"${didYouMean(word, words)}`
}

function tail(name: string): string {
  return name.slice(Math.max(name.lastIndexOf('.'), name.lastIndexOf('#')) + 1)
}
