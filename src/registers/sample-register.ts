import { checkUscc, normalisePlate, normaliseUscc, parsePlate } from '../base/identifiers.ts'
import { defineRegister } from './define.ts'
import type { Writing } from './store-record.ts'

/** A firm and a truck register for this room's own tests: one field of every type, without the city's rules. */
export const sampleFirm = defineRegister({
  code: 'sample-firm',
  plural: 'sample-firms',
  title: '样例企业',
  description: '测试用',
  naturalKey: ['uscc'],
  district: 'district',
  owner: 'self',
  readers: 'owner',
  writers: ['office-clerk', 'liaison'],
  fields: {
    uscc: { title: '统一社会信用代码', type: 'text', required: true, normalise: normaliseUscc, check: checkUscc, searchable: true, hint: '18 位' },
    name: { title: '企业名称', type: 'text', required: true, searchable: true, hint: '全称' },
    district: { title: '县区', type: 'district', required: true, hint: '所在县区' },
    phone: { title: '联系电话', type: 'text', personal: 'phone', hint: '手机' },
  },
})

export const sampleTruck = defineRegister({
  code: 'sample-truck',
  plural: 'sample-trucks',
  title: '样例车辆',
  description: '测试用',
  naturalKey: ['plate'],
  district: 'district',
  owner: 'firm',
  readers: 'owner',
  writers: ['office-clerk', 'liaison', 'enterprise'],
  startsWith: 'registeredOn',
  fields: {
    plate: {
      title: '号牌号码',
      type: 'text',
      required: true,
      normalise: normalisePlate,
      check: (text: string) => {
        const plate = parsePlate(text)
        return 'code' in plate ? plate : undefined
      },
      searchable: true,
      listed: true,
      aliases: ['车牌号'],
      hint: '号牌',
    },
    firm: { title: '所属企业', type: 'reference', register: 'sample-firm', registerTitle: '样例企业', matchBy: ['name'], titleBy: 'name', required: true, listed: true, hint: '信用代码或全称' },
    energy: { title: '能源类型', type: 'enum', required: true, values: { bev: '纯电动', diesel: '柴油', '95': '九五' }, synonyms: { 电动: 'bev' }, listed: true, hint: '能源' },
    uses: { title: '用途', type: 'enum-list', values: { parcel: '快递', cold: '冷链', food: '食品' }, hint: '用途' },
    loadKg: { title: '核定载质量', type: 'integer', unit: 'kg', min: 1, max: 40_000, hint: '载质量' },
    volumeM3: { title: '容积', type: 'decimal', unit: 'm³', min: 0, max: 200, hint: '容积' },
    registeredOn: { title: '注册登记日期', type: 'date', required: true, hint: '日期' },
    operating: { title: '营运', type: 'boolean', hint: '是否营运' },
    district: { title: '县区', type: 'district', required: true, hint: '县区' },
    note: { title: '备注', type: 'text', maxLength: 400, hint: '备注' },
    point: { title: '停放位置', type: 'point', hint: '经纬度' },
  },
})

export const sampleDivisions = [
  { code: '990101', name: '东港区' },
  { code: '990102', name: '西山县' },
  { code: '990100', name: '样例市' },
] as const

export const sampleCity = '990100'

export const writingAt = (now: number, more: Partial<Writing> = {}): Writing => ({ cityCode: sampleCity, source: { kind: 'form', ref: 'test' }, author: { id: null, name: '测试员' }, now, divisions: sampleDivisions, ...more })
