internal import Testing

/// A schema of the table, with a name for the test report.
struct SchemaRow: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var schema: String

    init(_ name: String, _ schema: String) {
        testDescription = name
        self.schema = schema
    }
}

/// Schemas as API users send them; every one has instances and is supported in full.
enum SchemaTable {
    static let rows = scalars + containers + combinations + documents

    private static let scalars = [
        SchemaRow("string", #"{"type":"string"}"#),
        SchemaRow("short string", #"{"type":"string","maxLength":3}"#),
        SchemaRow("long string", #"{"type":"string","minLength":200,"maxLength":210}"#),
        SchemaRow("exact length", #"{"type":"string","minLength":7,"maxLength":7}"#),
        SchemaRow("empty string only", #"{"type":"string","maxLength":0}"#),
        SchemaRow("enumeration", #"{"type":"string","enum":["celsius","fahrenheit"]}"#),
        SchemaRow("enumeration narrowed by type", #"{"type":["string","null"],"enum":[1,"a",null]}"#),
        SchemaRow("constant", #"{"const":{"a":[1,2.5,"é"]}}"#),
        SchemaRow("integer", #"{"type":"integer"}"#),
        SchemaRow("integer in a far interval", #"{"type":"integer","minimum":1000000,"maximum":1000003}"#),
        SchemaRow("negative integer", #"{"type":"integer","exclusiveMaximum":0}"#),
        SchemaRow("integer step", #"{"type":"integer","multipleOf":7,"minimum":-22,"maximum":-15}"#),
        SchemaRow("integer with fractional step", #"{"type":"integer","multipleOf":2.5,"minimum":1}"#),
        SchemaRow("integer bounds with fractions", #"{"type":"integer","minimum":1.5,"maximum":2.5}"#),
        SchemaRow("number", #"{"type":"number"}"#),
        SchemaRow("number between 0 and 1", #"{"type":"number","exclusiveMinimum":0,"exclusiveMaximum":1}"#),
        SchemaRow("number in a narrow interval", #"{"type":"number","minimum":0.00012,"maximum":0.00013}"#),
        SchemaRow("number step", #"{"type":"number","multipleOf":0.05,"minimum":0.1,"maximum":0.3}"#),
        SchemaRow("draft 4 bounds", #"{"type":"number","minimum":5,"exclusiveMinimum":true,"maximum":6}"#),
        SchemaRow("boolean", #"{"type":"boolean"}"#),
        SchemaRow("null", #"{"type":"null"}"#),
        SchemaRow("type array", #"{"type":["integer","null"],"minimum":3}"#),
        SchemaRow("nullable", #"{"type":"string","nullable":true,"minLength":2}"#),
        SchemaRow("default", #"{"type":"integer","default":12,"minimum":10}"#),
        SchemaRow("invalid default", #"{"type":"integer","default":"x"}"#),
        SchemaRow("default out of bounds", #"{"type":"integer","default":5,"minimum":10}"#),
        SchemaRow("default on an excluded bound", #"{"type":"integer","default":5,"exclusiveMaximum":5}"#),
        SchemaRow("no type, only a pattern", #"{"pattern":"^[A-Z]{3}$"}"#),
        SchemaRow(
            "pattern and length",
            #"{"type":"string","pattern":"^[a-z]+(-[a-z]+)*$","minLength":20,"maxLength":24}"#
        ),
        SchemaRow(
            "formats",
            #"""
            {"type":"object","properties":{
              "a":{"type":"string","format":"date"},"b":{"type":"string","format":"time"},
              "c":{"type":"string","format":"date-time"},"d":{"type":"string","format":"email"},
              "e":{"type":"string","format":"uri"},"f":{"type":"string","format":"uuid"},
              "g":{"type":"string","format":"ipv4"},"h":{"type":"string","format":"ipv6"},
              "i":{"type":"string","format":"hostname"},"j":{"type":"string","format":"duration"},
              "k":{"type":"string","format":"something else"}}}
            """#
        ),
    ]

    private static let containers = [
        SchemaRow("object without properties", #"{"type":"object"}"#),
        SchemaRow("closed empty object", #"{"type":"object","properties":{},"additionalProperties":false}"#),
        SchemaRow("required without schema", #"{"type":"object","required":["city"]}"#),
        SchemaRow(
            "dictionary of integers",
            #"{"type":"object","additionalProperties":{"type":"integer","minimum":0}}"#
        ),
        SchemaRow(
            "property counts",
            #"{"type":"object","additionalProperties":{"type":"string"},"minProperties":4,"maxProperties":5}"#
        ),
        SchemaRow(
            "pattern properties",
            #"{"type":"object","patternProperties":{"^x-[a-z]+$":{"type":"boolean"}},"additionalProperties":false}"#
        ),
        SchemaRow("array of strings", #"{"type":"array","items":{"type":"string"}}"#),
        SchemaRow("array without items", #"{"type":"array"}"#),
        SchemaRow("array bounds", #"{"type":"array","items":{"type":"number"},"minItems":5,"maxItems":5}"#),
        SchemaRow("empty array only", #"{"type":"array","items":{"type":"number"},"maxItems":0}"#),
        SchemaRow("unique enumeration", #"{"type":"array","items":{"enum":[1,2,3]},"minItems":3,"uniqueItems":true}"#),
        SchemaRow("unique strings", #"{"type":"array","items":{"type":"string"},"minItems":10,"uniqueItems":true}"#),
        SchemaRow(
            "tuple",
            #"{"type":"array","prefixItems":[{"type":"string"},{"type":"integer"}],"items":false,"minItems":2}"#
        ),
        SchemaRow(
            "draft 7 tuple",
            #"{"items":[{"type":"string"},{"type":"integer"}],"additionalItems":{"type":"null"},"minItems":4}"#
        ),
        SchemaRow(
            "matrix",
            #"{"type":"array","minItems":2,"items":{"type":"array","minItems":2,"items":{"type":"integer"}}}"#
        ),
        SchemaRow(
            "names that need escapes",
            #"{"type":"object","properties":{"a\"b":{"type":"null"},"a/b~":{"type":"null"},"é":{"type":"null"}},"required":["é"]}"#
        ),
    ]

    private static let combinations = [
        SchemaRow("anyOf with null", #"{"anyOf":[{"type":"string","minLength":3},{"type":"null"}]}"#),
        SchemaRow(
            "oneOf with discriminator",
            #"""
            {"oneOf":[
              {"type":"object","properties":{"kind":{"const":"circle"},"radius":{"type":"number","minimum":0}},
               "required":["kind","radius"],"additionalProperties":false},
              {"type":"object","properties":{"kind":{"const":"square"},"side":{"type":"number","minimum":0}},
               "required":["kind","side"],"additionalProperties":false}]}
            """#
        ),
        SchemaRow(
            "anyOf that only requires",
            #"""
            {"type":"object","properties":{"a":{"type":"string"},"b":{"type":"string"}},
             "anyOf":[{"required":["a"]},{"required":["b"]}]}
            """#
        ),
        SchemaRow(
            "branch that fits the type",
            #"{"type":"integer","anyOf":[{"type":"string"},{"minimum":4,"maximum":4}]}"#
        ),
        SchemaRow(
            "allOf of objects",
            #"""
            {"allOf":[{"$ref":"#/$defs/Base"},{"type":"object","properties":{"b":{"type":"integer"}},"required":["b"]}],
             "properties":{"a":{"maxLength":4}},
             "$defs":{"Base":{"type":"object","properties":{"a":{"type":"string"}},"required":["a"]}}}
            """#
        ),
        SchemaRow("allOf of bounds", #"{"allOf":[{"type":"integer","minimum":3},{"maximum":9},{"multipleOf":4}]}"#),
        SchemaRow(
            "reference beside keywords",
            ##"{"$ref":"#/definitions/N","maximum":2,"definitions":{"N":{"type":"integer","minimum":2}}}"##
        ),
        SchemaRow("reference with escapes", ##"{"$ref":"#/$defs/a~1b%20c","$defs":{"a/b%20c":{"type":"integer"}}}"##),
        SchemaRow(
            "chain of references",
            ##"{"$ref":"#/$defs/A","$defs":{"A":{"$ref":"#/$defs/B"},"B":{"enum":["x"]}}}"##
        ),
        SchemaRow("true schemas", #"{"type":"object","properties":{"a":true,"b":{}},"required":["a","b"]}"#),
    ]

    private static let documents = [
        SchemaRow(
            "weather tool",
            #"""
            {"type":"object","properties":{
              "location":{"type":"string","description":"The city and state, e.g. San Francisco, CA"},
              "unit":{"type":"string","enum":["celsius","fahrenheit"]}},
             "required":["location"]}
            """#
        ),
        SchemaRow(
            "OpenAI strict mode: steps",
            #"""
            {"type":"object","properties":{
              "steps":{"type":"array","items":{"type":"object","properties":{
                "explanation":{"type":"string"},"output":{"type":"string"}},
                "required":["explanation","output"],"additionalProperties":false}},
              "final_answer":{"type":"string"}},
             "required":["steps","final_answer"],"additionalProperties":false}
            """#
        ),
        SchemaRow(
            "OpenAI strict mode: recursive user interface",
            #"""
            {"type":"object","properties":{
              "type":{"type":"string","enum":["div","button","header"]},
              "label":{"type":"string"},
              "children":{"type":"array","items":{"$ref":"#"}},
              "attributes":{"type":"array","items":{"$ref":"#/$defs/attribute"}}},
             "required":["type","label","children","attributes"],"additionalProperties":false,
             "$defs":{"attribute":{"type":"object","properties":{"name":{"type":"string"},"value":{"type":"string"}},
               "required":["name","value"],"additionalProperties":false}}}
            """#
        ),
        SchemaRow(
            "OpenAI strict mode: linked list",
            #"""
            {"type":"object","properties":{"linked_list":{"$ref":"#/$defs/node"}},
             "$defs":{"node":{"type":"object","properties":{
               "value":{"type":"number"},"next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}},
               "additionalProperties":false,"required":["next","value"]}},
             "additionalProperties":false,"required":["linked_list"]}
            """#
        ),
        SchemaRow(
            "pydantic model",
            #"""
            {"$defs":{
               "Address":{"properties":{"street":{"title":"Street","type":"string"},
                 "zip_code":{"pattern":"^\\d{5}$","title":"Zip Code","type":"string"}},
                 "required":["street","zip_code"],"title":"Address","type":"object"},
               "Role":{"enum":["admin","user"],"title":"Role","type":"string"}},
             "properties":{
               "name":{"title":"Name","type":"string"},
               "age":{"anyOf":[{"exclusiveMinimum":0,"type":"integer"},{"type":"null"}],"default":null,"title":"Age"},
               "role":{"$ref":"#/$defs/Role","default":"user"},
               "addresses":{"items":{"$ref":"#/$defs/Address"},"title":"Addresses","type":"array"},
               "scores":{"additionalProperties":{"type":"number"},"default":{},"title":"Scores","type":"object"},
               "born":{"format":"date","title":"Born","type":"string"},
               "point":{"maxItems":2,"minItems":2,"prefixItems":[{"type":"integer"},{"type":"integer"}],"type":"array"}},
             "required":["name","addresses","born"],"title":"User","type":"object"}
            """#
        ),
        SchemaRow(
            "pydantic union with discriminator",
            #"""
            {"$defs":{
               "Cat":{"properties":{"kind":{"const":"cat","type":"string"},"lives":{"type":"integer","maximum":9}},
                 "required":["kind","lives"],"type":"object"},
               "Dog":{"properties":{"kind":{"const":"dog","type":"string"},"breed":{"type":"string"}},
                 "required":["kind","breed"],"type":"object"}},
             "properties":{"pet":{"discriminator":{"mapping":{"cat":"#/$defs/Cat","dog":"#/$defs/Dog"},"propertyName":"kind"},
               "oneOf":[{"$ref":"#/$defs/Cat"},{"$ref":"#/$defs/Dog"}]}},
             "required":["pet"],"type":"object"}
            """#
        ),
        SchemaRow(
            "optional recursion",
            #"""
            {"$ref":"#/$defs/Tree","$defs":{"Tree":{"type":"object","properties":{
               "name":{"type":"string"},"left":{"$ref":"#/$defs/Tree"},"right":{"$ref":"#/$defs/Tree"},
               "others":{"type":"array","items":{"$ref":"#/$defs/Tree"}}},"required":["name","others"]}}}
            """#
        ),
        SchemaRow(
            "mutual recursion",
            #"""
            {"$ref":"#/$defs/Expression","$defs":{
               "Expression":{"anyOf":[{"$ref":"#/$defs/Sum"},{"type":"number"}]},
               "Sum":{"type":"object","properties":{"terms":{"type":"array","minItems":2,
                 "items":{"$ref":"#/$defs/Expression"}}},"required":["terms"],"additionalProperties":false}}}
            """#
        ),
        SchemaRow(
            "zod schema of draft 7",
            #"""
            {"$schema":"http://json-schema.org/draft-07/schema#","type":"object","properties":{
               "email":{"type":"string","format":"email"},
               "tags":{"type":"array","items":{"type":"string","minLength":1},"maxItems":3},
               "meta":{"anyOf":[{"type":"object","properties":{"id":{"type":"string","format":"uuid"}},
                 "required":["id"],"additionalProperties":false},{"type":"null"}]},
               "size":{"type":"string","enum":["s","m","l"],"default":"m"}},
             "required":["email","tags","meta"],"additionalProperties":false}
            """#
        ),
    ]
}
