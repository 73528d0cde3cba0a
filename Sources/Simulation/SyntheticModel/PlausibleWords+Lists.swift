extension PlausibleWords {
    static let givenNames = [
        "Ada", "Amir", "Clara", "Daniel", "Elena", "Felix", "Grace", "Hugo", "Ines", "Jonas", "Keiko", "Liam", "Maya",
        "Noah", "Olivia", "Priya", "Rosa", "Samuel", "Tara", "Victor",
    ]

    static let familyNames = [
        "Adams", "Bauer", "Costa", "Diaz", "Evans", "Fischer", "Garcia", "Hansen", "Ito", "Jensen", "Kim", "Lopez",
        "Martin", "Novak", "Okafor", "Patel", "Rossi", "Silva", "Turner", "Weber",
    ]

    static let cities: [(city: String, country: String)] = [
        ("Amsterdam", "Netherlands"), ("Athens", "Greece"), ("Berlin", "Germany"), ("Boston", "United States"),
        ("Dublin", "Ireland"), ("Helsinki", "Finland"), ("Kyoto", "Japan"), ("Lisbon", "Portugal"),
        ("London", "United Kingdom"), ("Madrid", "Spain"), ("Melbourne", "Australia"), ("Montreal", "Canada"),
        ("Oslo", "Norway"), ("Paris", "France"), ("Rome", "Italy"), ("Seoul", "South Korea"), ("Vienna", "Austria"),
        ("Zurich", "Switzerland"),
    ]

    static let streets = [
        "Bridge Street", "Castle Road", "Church Lane", "Garden Avenue", "Harbor Street", "High Street", "Hill Road",
        "Lake View", "Mill Lane", "Park Avenue", "River Road", "Station Street",
    ]

    static let products = [
        "Backpack", "Bicycle", "Camera", "Chair", "Desk Lamp", "Headphones", "Keyboard", "Kettle", "Notebook",
        "Umbrella",
        "Watch", "Water Bottle",
    ]

    static let qualities = [
        "bright", "classic", "compact", "light", "modern", "quiet", "simple", "smart", "solid", "steady", "swift",
        "warm",
    ]

    /// Lowercase ASCII words that can stand in names of properties, hosts and paths.
    static let nouns = [
        "anchor", "bridge", "cloud", "delta", "engine", "forest", "garden", "harbor", "island", "journal", "kernel",
        "lantern", "meadow", "network", "orchard", "planet", "quartz", "river", "signal", "tunnel", "union", "valley",
        "window", "yard",
    ]

    /// The usual values of numbers, by a word of the name.
    static let ranges: [String: ClosedRange<Int>] = [
        "age": 18...80, "year": 1990...2026, "month": 1...12, "day": 1...28, "hour": 0...23, "hours": 1...24,
        "minute": 0...59, "minutes": 5...90, "second": 0...59, "seconds": 1...120, "count": 1...20, "quantity": 1...10,
        "amount": 5...500, "price": 5...200, "cost": 5...500, "total": 20...900, "score": 0...10, "rating": 1...5,
        "confidence": 0...1, "probability": 0...1, "percent": 0...100, "percentage": 0...100, "temperature": -5...35,
        "latitude": -60...60, "lat": -60...60, "longitude": -180...180, "lon": -180...180, "lng": -180...180,
        "limit": 5...50, "page": 1...10, "offset": 0...100, "index": 0...10, "id": 1...9999,
        "population": 10_000...900_000,
        "duration": 5...120, "distance": 1...500, "weight": 1...100, "height": 1...200, "width": 1...200,
        "size": 1...100,
        "level": 1...5, "priority": 1...5, "step": 1...10, "steps": 1...10, "port": 1024...9999, "ratio": 0...1,
        "humidity": 20...95, "salary": 30_000...120_000, "calories": 50...900, "servings": 1...8, "version": 1...9,
        "humidities": 20...95, "discount": 0...50, "days": 1...30, "guests": 1...8, "stars": 1...5,
    ]

    /// What a text is, by a word of its name or by several joined.
    static let kinds: [String: Kind] = [
        "name": .fullName, "firstname": .givenName, "givenname": .givenName, "lastname": .familyName,
        "surname": .familyName, "familyname": .familyName, "fullname": .fullName, "author": .fullName,
        "person": .fullName, "customer": .fullName, "recipient": .fullName, "assignee": .fullName,
        "attendee": .fullName,
        "participant": .fullName, "username": .username, "login": .username, "handle": .username,
        "email": .email, "emailaddress": .email, "mail": .email, "phone": .phone, "phonenumber": .phone,
        "mobile": .phone,
        "city": .city, "cityname": .city, "town": .city, "capital": .city, "location": .place, "place": .place,
        "destination": .place,
        "origin": .place, "region": .place, "venue": .place, "country": .country, "countryname": .country,
        "nationality": .country,
        "street": .street, "streetname": .street, "zip": .postalCode, "zipcode": .postalCode, "postcode": .postalCode,
        "postalcode": .postalCode, "address": .address, "company": .company, "companyname": .company,
        "organization": .company, "employer": .company, "vendor": .company, "brand": .company, "product": .product,
        "productname": .product, "item": .product, "itemname": .product, "date": .date, "birthday": .date,
        "birthdate": .date, "deadline": .date, "day": .date, "time": .time, "datetime": .dateTime,
        "timestamp": .dateTime,
        "createdat": .dateTime, "updatedat": .dateTime, "timezone": .timeZone, "language": .language,
        "locale": .language,
        "currency": .currency, "currencycode": .currency, "unit": .unit, "units": .unit, "color": .color,
        "colour": .color,
        "status": .status, "state": .status, "category": .category, "type": .category, "kind": .category,
        "genre": .category, "url": .url, "uri": .url, "link": .url, "website": .url, "homepage": .url, "host": .host,
        "hostname": .host, "domain": .host, "path": .path, "file": .path, "filename": .path, "filepath": .path,
        "id": .identifier, "identifier": .identifier, "key": .identifier, "token": .identifier, "uuid": .uuid,
        "guid": .uuid, "version": .version, "code": .digits, "number": .digits, "pin": .digits, "query": .topic,
        "search": .topic, "searchquery": .topic, "q": .topic, "topic": .topic, "subject": .topic, "keyword": .topic,
        "term": .topic, "prompt": .topic, "input": .topic, "title": .title, "headline": .title, "heading": .title,
        "label": .noun, "tag": .noun, "description": .sentence, "reason": .sentence, "reasoning": .text,
        "explanation": .text, "rationale": .sentence, "note": .sentence, "comment": .sentence, "output": .sentence,
        "step": .sentence, "instruction": .sentence, "sentence": .sentence, "thought": .sentence, "summary": .sentence,
        "message": .sentence, "content": .text, "text": .text, "body": .text, "answer": .text, "response": .text,
        "paragraph": .text, "bio": .sentence, "finalanswer": .text,
    ]
}
