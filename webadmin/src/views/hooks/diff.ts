/** Lines of a unified diff by what they are. */
export function lines(diff: string): { text: string; kind: 'head' | 'added' | 'removed' | 'same' }[] {
  return diff
    .replace(/\n$/, '')
    .split('\n')
    .map((text) => ({ text, kind: /^(---|\+\+\+|@@)/.test(text) ? 'head' : text.startsWith('+') ? 'added' : text.startsWith('-') ? 'removed' : 'same' }));
}
