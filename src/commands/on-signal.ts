/** The first signal closes and exits 0; the second, from somebody who cannot wait, exits at once. */
export function onSignal(close: () => Promise<void>): void {
  let isClosing = false
  const stop = (): void => {
    if (isClosing) process.exit(1)
    isClosing = true
    void close().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
