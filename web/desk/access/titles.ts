/** Titles by code. */
export const titlesOf = (list: readonly { readonly code: string; readonly title: string }[]): Readonly<Record<string, string>> => Object.fromEntries(list.map(({ code, title }) => [code, title]))
