import { acknowledgedPosition } from './position.ts'
import { message } from '../message.ts'

/** answer to a vehicle control 车辆控制应答: a position behind the serial it answers */
export const vehicleControlAnswer = message(0x0500, 'answer to a vehicle control 车辆控制应答', acknowledgedPosition)
