/// <reference lib="es2024.string" />
import type { ServiceError } from '../core/errors.ts'
import { sqsError } from './errors.ts'

/** Most complaints of AWS about a parameter have this form. */
export function invalidParameter(parameter: string, value: unknown, reason: string): ServiceError {
  return sqsError(
    'InvalidParameterValueException',
    `Value ${String(value)} for parameter ${parameter} is invalid. Reason: ${reason}`,
  )
}

export function missingParameter(parameter: string): ServiceError {
  return sqsError('MissingRequiredParameterException', `The request must contain the parameter ${parameter}.`)
}

/** "The request include" is AWS's own grammar. */
export function wrongQueueType(parameter: string, value: unknown): ServiceError {
  return invalidParameter(parameter, value, 'The request include parameter that is not valid for this queue type.')
}

/** AWS's range for DelaySeconds, on messages. */
export function checkDelay(seconds: number): void {
  if (!(seconds >= 0 && seconds <= 900)) {
    throw invalidParameter('DelaySeconds', seconds, 'DelaySeconds must be >= 0 and <= 900.')
  }
}

/** The text for VisibilityTimeout is not verified; the code is. */
export function checkVisibilityTimeout(seconds: number): void {
  if (!(seconds >= 0 && seconds <= 43_200)) {
    throw invalidParameter('VisibilityTimeout', seconds, 'Must be between 0 and 43200, if provided.')
  }
}

/** Group, deduplication and attempt ids: 1 to 128 printable ASCII characters without the space. */
export function checkToken(parameter: string, value: string): void {
  if (!/^[\x21-\x7e]{1,128}$/.test(value)) {
    throw invalidParameter(
      parameter,
      value,
      `${parameter} can only include alphanumeric and punctuation characters. 1 to 128 in length.`,
    )
  }
}

/** A receipt handle that was never issued, or for another queue. */
export function invalidHandle(handle: string): ServiceError {
  return sqsError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid receipt handle.`)
}

export function expiredHandle(handle: string): ServiceError {
  return invalidParameter('ReceiptHandle', handle, 'The receipt handle has expired.')
}

// oxlint-disable-next-line no-control-regex -- they are what is forbidden
const FORBIDDEN = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/

/**
 * `#x9 #xA #xD #x20–#xD7FF #xE000–#xFFFD #x10000–#x10FFFF`. Lone surrogates are looked for apart: a pattern with the `u`
 * flag that includes them takes three times as long over a text that is not Latin-1.
 */
export function hasOnlyLegalCharacters(text: string): boolean {
  return !FORBIDDEN.test(text) && text.isWellFormed()
}

export const LEGAL_CHARACTERS = '#x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF'

/** Queue names; the suffix of FIFO queues counts. */
export function isQueueName(name: string): boolean {
  return /^(?=.{1,80}$)[A-Za-z0-9_-]+(?:\.fifo)?$/.test(name) && name !== '.fifo'
}

export function isFifoName(name: string): boolean {
  return name.endsWith('.fifo')
}
