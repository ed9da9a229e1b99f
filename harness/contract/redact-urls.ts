/** A line without the passwords of connection strings in it. */
export function redactUrls(line: string): string {
  return line.replaceAll(/(\w+:\/\/[^\s:/@]*:)[^\s@/]*@/g, '$1…@')
}
