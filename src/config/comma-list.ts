/** `a, b,` is a and b: spaces do not count, and neither does what is empty, such as after a comma at the end. */
export function commaList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}
