/** Whether a problem's text may ask for travel by road; apart from the rest, because the rest is loaded only then. */
export const wantsRoads = (text: string): boolean => /"kind"\s*:\s*"(roads|router)"/.test(text)
