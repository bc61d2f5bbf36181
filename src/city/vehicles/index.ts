/** Delivery trucks and e-tricycles. */
export { bodyTypes, cleanEnergies, energies, entryKinds, newEnergies, plateColours, vehicleCategories, vehicleRegister, type Energy, type Vehicle } from './register.ts'
