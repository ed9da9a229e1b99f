/**
 * Version of the words below, all invented or meaning nobody. A change of them changes snapshots, so raise the
 * version with it.
 */
export const INVENTED_VERSION = '2'

export const FIRST_NAMES = (
  'Abel Ada Aino Alba Alma Amos Anouk Arvid Asta Basil Bodil Bruno Calla Casimir Cleo Cyril Dagny Darko Della Edda Eino ' +
  'Elio Elske Emeric Enid Esben Fabia Faro Fenna Flora Gaia Gerda Gideon Greta Hadrian Hedda Hollis Ida Ilse Imre Iona ' +
  'Ivo Jonna Jora Juno Kaia Kasper Lale Leda Linus Livia Lorne Magda Malte Merle Mirko Mirela Nella Niklas Noor Oda Olin ' +
  'Orla Oskar Petra Pia Quill Rafe Rhea Roan Rosalba Sabin Selma Silas Sunna Talia Tarn Thea Tycho Ula Valda Vesna Wanda ' +
  'Wilm Xandra Yara Yorick Zelda Zeno'
).split(' ')

export const LAST_NAMES = (
  'Alderby Ambermoor Applewhin Ashlock Barrowin Beckford Birchall Blythebank Brackenby Bramwick Brightwell Brookhaven ' +
  'Calderon-Vane Candlewick Cloverdale Copperly Cranfeather Dalehurst Dewberry Driftwood Duskwater Elderspring Emberly ' +
  'Fallowmere Feathergill Fennimoor Flintlock Foxmeadow Gladeview Glenharrow Goldenrod Greyling Harborne-Lee Hartwhistle ' +
  'Hazelbrook Heathering Hollowell Inglefoot Ironquill Ivywood Junipero Keelwater Kestrelby Larkmoor Laurelin Lindenfall ' +
  'Marshwick Meadowlark Millrace Mosswell Nettlefold Nightingarl Oakhollow Orchardson Otterburne-Fay Pebblecross Pinemarten ' +
  'Plumstone Quickbeam Ravenhill Reedwater Rosemarle Rowanby Saltspring Sedgewick-Orr Silverfen Sorrelton Sparrowhythe ' +
  'Starkfeld Stonecrop Swallowdale Tanglewood Thornmere Timberlane Umberley Vallensea Wetherwick Whitlowe Wildmarsh Willowend ' +
  'Windlestraw Wrenfield Yarrowton Yewbarrow'
).split(' ')

export const TOWNS = (
  'Alder Falls|Amber Point|Birch Landing|Bluff Haven|Cedar Mills|Clover Ridge|Copper Basin|Crane Lake|Dry Harbor|Eagle Notch|' +
  'Elm Crossing|Fern Valley|Fox Hollow|Granite Bay|Gull Rock|Hazel Fork|Heron Springs|Juniper Flat|Kettle Creek|Lark Prairie|' +
  'Maple Terrace|Mill Pond|Moss Landing|North Quarry|Otter Slough|Pine Saddle|Quail Run|Raven Gap|Salt Meadow|Silver Ford|' +
  'Stone Bridge|Thistle Down|Upper Reach|Vesper Hill|Willow Bar|Yarrow Bend'
).split('|')

export const STREETS = (
  'Acorn Ave|Basalt Way|Candle St|Dapple Rd|Ember Ln|Fiddlehead Ct|Gander Blvd|Harvest St|Inkwell Rd|Jasper Ave|Kite Hill Rd|' +
  'Lantern St|Marigold Way|Nutmeg Ln|Orchard Row|Pebble Ct|Quarry Rd|Ribbon St|Saffron Ave|Tinker Ln|Umber St|Velvet Ct|' +
  'Wicker Way|Yonder Rd|Zephyr Blvd'
).split('|')

export const HOUSES = [
  'Clinic',
  'Medical Center',
  'Transport',
  'Care Home',
  'Services',
  'Associates',
  'Group',
  'Partners',
]

/** Words that stand in for free text: 360 characters that say nothing. */
export const FILLER =
  'The words that stood here were taken out and others of the same length were put in their place. They tell nothing ' +
  'about a person, a place or a day, and they are the same wherever a text was removed, so that nobody needs to look ' +
  'for a meaning in them. A line of notes is as long as it was, and that is all that is left of what it once said here. '
