import { terminalAnswer } from './0001-terminal-answer.ts'
import { heartbeat } from './0002-heartbeat.ts'
import { terminalLogout } from './0003-terminal-logout.ts'
import { terminalRetransmitRequest } from './0005-terminal-retransmit-request.ts'
import { register } from './0100-register.ts'
import { authenticate } from './0102-authenticate.ts'
import { parametersAnswer } from './0104-parameters-answer.ts'
import { attributes } from './0107-attributes.ts'
import { upgradeResult } from './0108-upgrade-result.ts'
import { positionReport } from './0200-position-report.ts'
import { positionAnswer } from './0201-position-answer.ts'
import { eventReport } from './0301-event-report.ts'
import { questionAnswer } from './0302-question-answer.ts'
import { informationChoice } from './0303-information-choice.ts'
import { vehicleControlAnswer } from './0500-vehicle-control-answer.ts'
import { areaData } from './0608-area-data.ts'
import { recorderData } from './0700-recorder-data.ts'
import { waybill } from './0701-waybill.ts'
import { driver } from './0702-driver.ts'
import { positionBatch } from './0704-position-batch.ts'
import { canData } from './0705-can-data.ts'
import { mediaEvent } from './0800-media-event.ts'
import { media } from './0801-media.ts'
import { mediaFound } from './0802-media-found.ts'
import { shootAnswer } from './0805-shoot-answer.ts'
import { passthroughUp } from './0900-passthrough-up.ts'
import { compressed } from './0901-compressed.ts'
import { terminalKey } from './0a00-terminal-key.ts'
import { mediaAttributes } from './1003-media-attributes.ts'
import { passengerFlow } from './1005-passenger-flow.ts'
import { mediaFiles } from './1205-media-files.ts'
import { fileUploadDone } from './1206-file-upload-done.ts'
import { attachmentList } from './1210-attachment-list.ts'
import { attachmentFile } from './1211-attachment-file.ts'
import { attachmentDone } from './1212-attachment-done.ts'
import { platformAnswer } from './8001-platform-answer.ts'
import { retransmitRequest } from './8003-retransmit-request.ts'
import { registerAnswer } from './8100-register-answer.ts'
import { setParameters } from './8103-set-parameters.ts'
import { queryParameters } from './8104-query-parameters.ts'
import { terminalControl } from './8105-terminal-control.ts'
import { querySomeParameters } from './8106-query-some-parameters.ts'
import { queryAttributes } from './8107-query-attributes.ts'
import { upgrade } from './8108-upgrade.ts'
import { queryPosition } from './8201-query-position.ts'
import { track } from './8202-track.ts'
import { confirmAlarm } from './8203-confirm-alarm.ts'
import { textMessage } from './8300-text-message.ts'
import { eventSetting } from './8301-event-setting.ts'
import { question } from './8302-question.ts'
import { informationMenu } from './8303-information-menu.ts'
import { information } from './8304-information.ts'
import { callBack } from './8400-call-back.ts'
import { phoneBook } from './8401-phone-book.ts'
import { vehicleControl } from './8500-vehicle-control.ts'
import { circles } from './8600-circles.ts'
import { deleteCircles } from './8601-delete-circles.ts'
import { rectangles } from './8602-rectangles.ts'
import { deleteRectangles } from './8603-delete-rectangles.ts'
import { polygon } from './8604-polygon.ts'
import { deletePolygons } from './8605-delete-polygons.ts'
import { route } from './8606-route.ts'
import { deleteRoutes } from './8607-delete-routes.ts'
import { queryArea } from './8608-query-area.ts'
import { recorderQuery } from './8700-recorder-query.ts'
import { recorderSetting } from './8701-recorder-setting.ts'
import { queryDriver } from './8702-query-driver.ts'
import { mediaAnswer } from './8800-media-answer.ts'
import { shoot } from './8801-shoot.ts'
import { mediaSearch } from './8802-media-search.ts'
import { mediaUpload } from './8803-media-upload.ts'
import { recordSound } from './8804-record-sound.ts'
import { mediaUploadSingle } from './8805-media-upload-single.ts'
import { passthroughDown } from './8900-passthrough-down.ts'
import { platformKey } from './8a00-platform-key.ts'
import { queryMediaAttributes } from './9003-query-media-attributes.ts'
import { startLive } from './9101-start-live.ts'
import { controlLive } from './9102-control-live.ts'
import { packetLoss } from './9105-packet-loss.ts'
import { playback } from './9201-playback.ts'
import { controlPlayback } from './9202-control-playback.ts'
import { queryMediaFiles } from './9205-query-media-files.ts'
import { uploadFiles } from './9206-upload-files.ts'
import { controlUpload } from './9207-control-upload.ts'
import { turnCamera } from './9301-turn-camera.ts'
import { focus } from './9302-focus.ts'
import { aperture } from './9303-aperture.ts'
import { wiper } from './9304-wiper.ts'
import { infrared } from './9305-infrared.ts'
import { zoom } from './9306-zoom.ts'
import type { Message } from '../message.ts'

/** Every message whose body we can read, by id. Adding one is a file and a line here. */
const known: readonly Message[] = [
  terminalAnswer, heartbeat, terminalLogout, terminalRetransmitRequest, register, authenticate, parametersAnswer, attributes,
  upgradeResult, positionReport, positionAnswer, eventReport, questionAnswer, informationChoice, vehicleControlAnswer, areaData,
  recorderData, waybill, driver, positionBatch, canData, mediaEvent, media, mediaFound, shootAnswer, passthroughUp, compressed,
  terminalKey, mediaAttributes, passengerFlow, mediaFiles, fileUploadDone, attachmentList, attachmentFile, attachmentDone,
  platformAnswer, retransmitRequest, registerAnswer, setParameters, queryParameters, terminalControl, querySomeParameters,
  queryAttributes, upgrade, queryPosition, track, confirmAlarm, textMessage, eventSetting, question, informationMenu, information,
  callBack, phoneBook, vehicleControl, circles, deleteCircles, rectangles, deleteRectangles, polygon, deletePolygons, route,
  deleteRoutes, queryArea, recorderQuery, recorderSetting, queryDriver, mediaAnswer, shoot, mediaSearch, mediaUpload, recordSound,
  mediaUploadSingle, passthroughDown, platformKey, queryMediaAttributes, startLive, controlLive, packetLoss, playback, controlPlayback,
  queryMediaFiles, uploadFiles, controlUpload, turnCamera, focus, aperture, wiper, infrared, zoom,
] as readonly Message[]

const byId: ReadonlyMap<number, Message> = new Map(known.map((each) => [each.id, each]))

/** The table of a message id, undefined when its body is left as bytes. */
export const findMessage = (id: number): Message | undefined => byId.get(id)

/** All of them, for tests and documentation. */
export const listMessages = (): readonly Message[] => known
