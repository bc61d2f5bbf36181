/** Two made-up cities with two levels of division: the home city of the demo accounts, and one nobody of it may look into. */
export const testCities: Readonly<Record<string, { readonly code: string; readonly name: string; readonly districts: { code: string; name: string }[]; readonly units: { code: string; name: string }[] }>> = {
  '990100': {
    code: '990100',
    name: '本市',
    districts: [{ code: '990101', name: '本区' }, { code: '990102', name: '邻区' }],
    units: [{ code: 'transport', name: '交通运输局' }, { code: 'police', name: '公安局' }],
  },
  '990200': { code: '990200', name: '外市', districts: [{ code: '990201', name: '外市区' }], units: [{ code: 'transport', name: '外市交通运输局' }] },
}
