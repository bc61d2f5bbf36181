import { declareProblems, ProblemError } from '../base/problems.ts'
import { listProfiles, type Profile } from '../profiles/index.ts'

const problem = declareProblems('commands', {
  'city-unknown': { message: '没有城市 {city}', cause: '该代码不在已加载的城市档案中：{known}', action: '请改用已有城市的代码，或先在 cities/ 下增加该城市' },
})

export interface Cities {
  readonly profiles: readonly Profile[]
  find(code: string): Profile | undefined
  /** throws the problem `city-unknown` */
  get(code: string): Profile
  /** where a city's files lie */
  directoryOf(code: string): string | undefined
  /** the made-up city, or the one of the settings */
  readonly standard: Profile
}

/** Every city profile below a directory; a profile whose shape is wrong stops the start with its problems. */
export function loadCities(directory: string, standardCode = ''): Cities {
  const loaded = listProfiles(directory)
  const broken = loaded.filter((each) => each.profile === null).flatMap((each) => each.problems)
  if (broken.length > 0) throw new ProblemError(broken)
  const profiles = loaded.map((each) => each.profile!)
  const byCode = new Map(profiles.map((each) => [each.code, each]))
  const get = (code: string): Profile => {
    const profile = byCode.get(code)
    if (!profile) throw new ProblemError(problem('city-unknown', { city: code, known: [...byCode.keys()].join('、') }), 404)
    return profile
  }
  const standard = standardCode ? get(standardCode) : (profiles.find((each) => each.document.status === 'made-up') ?? profiles[0]!)
  const directories = new Map(loaded.map((each) => [each.profile!.code, each.directory]))
  return { profiles, directoryOf: (code) => directories.get(code), find: (code) => byCode.get(code), get, standard }
}
