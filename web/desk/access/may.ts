import { useMay, useSession } from '../session.tsx'

/** Rules are made by the city: a person of a district reads them, whatever else they may do. */
export const useMayMakeRules = (): ((permission: 'access:write' | 'access:publish') => boolean) => {
  const may = useMay()
  const { scope } = useSession()
  return (permission) => may(permission) && scope.districtCode === null
}
