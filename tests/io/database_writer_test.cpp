#include "geo/error.hpp"
#include "io/connection_text.hpp"
#include "io/database_writer.hpp"

#include <gtest/gtest.h>

namespace io {
namespace {

TEST(WithoutPassword, HidesItInEitherWayOfWritingOne) {
    EXPECT_EQ(without_password("PG:dbname=vrn password=geheim host=db"),
              "PG:dbname=vrn password=*** host=db");
    EXPECT_EQ(without_password("PG:dbname=vrn PASSWORD = 'two words' host=db"),
              "PG:dbname=vrn PASSWORD = *** host=db");
    EXPECT_EQ(without_password("PG:password='it\\'s'"), "PG:password=***");
    EXPECT_EQ(without_password("PG:postgresql://me:geheim@db/vrn"),
              "PG:postgresql://me:***@db/vrn");
}

TEST(WithoutPassword, HidesEveryOneAndNoMoreThanIt) {
    EXPECT_EQ(without_password("PG:password=a host=b password=c"),
              "PG:password=*** host=b password=***");
    EXPECT_EQ(without_password("PG:postgresql://db/vrn?user=me&password=geheim&port=1"),
              "PG:postgresql://db/vrn?user=me&password=***&port=1");
    EXPECT_EQ(without_password("ODBC:dsn;pwd=x;Password=\"a b\";y"),
              "ODBC:dsn;pwd=x;Password=***;y");
}

TEST(WithoutPassword, LeavesAMessageThatHidesItAsItIs) {
    const std::string message = "PG:dbname=vrn password=***: no such table";
    EXPECT_EQ(without_password(message), message);
}

TEST(WithoutPassword, HidesItInAMessage) {
    EXPECT_EQ(without_password_of("PG:password='a b'", "FATAL: 'a b' or a b"), "FATAL: *** or ***");
    EXPECT_EQ(without_password_of("PG:dbname=x", "FATAL: x"), "FATAL: x");
}

TEST(WithoutPassword, LeavesAloneWhatHasNone) {
    EXPECT_EQ(without_password("PG:dbname=vrn host=db"), "PG:dbname=vrn host=db");
    EXPECT_EQ(without_password("PG:postgresql://me@db/vrn"), "PG:postgresql://me@db/vrn");
}

TEST(SchemaOf, IsWhatTheConnectionNames) {
    EXPECT_EQ(schema_of("PG:dbname=vrn schemas=gis_2 host=db"), "gis_2");
    EXPECT_EQ(schema_of("PG:schemas = 'gis' dbname=vrn"), "gis");
    EXPECT_EQ(schema_of("PG:dbname=vrn"), std::nullopt);
    EXPECT_EQ(schema_of("PG:dbname=vrn password=schemas=gis"), std::nullopt);
}

TEST(SchemaOf, RefusesWhatIsNotOnePlainName) {
    for (const char* schema : {"", "a,b", "Gis", "1a", "a\"b", "'a b'", "a;drop"}) {
        const std::string connection = std::string("PG:dbname=vrn schemas=") + schema;
        EXPECT_THROW(schema_of(connection), geo::Error) << connection;
        EXPECT_THROW(require_database_name(connection), geo::Error) << connection;
    }
}

TEST(WithoutSchema, LeavesTheRestAsItIs) {
    EXPECT_EQ(without_schema("PG:dbname=vrn schemas=gis host=db"), "PG:dbname=vrn  host=db");
    EXPECT_EQ(without_schema("PG:schemas='gis' dbname=vrn"), "PG: dbname=vrn");
    EXPECT_EQ(without_schema("PG:dbname=vrn"), "PG:dbname=vrn");
}

TEST(RequireDatabaseName, TakesNothingButPostgreSql) {
    EXPECT_NO_THROW(require_database_name("PG:dbname=vrn"));
    for (const char* other : {"", "PG:", "vrn.gpkg", "MYSQL:vrn", "postgresql://db/vrn"}) {
        EXPECT_THROW(require_database_name(other), geo::Error) << other;
    }
}

TEST(CheckDatabase, TellsAServerThatIsNotThereWithoutThePassword) {
    const std::string name = "PG:host=/nowhere dbname=vrn password=geheim";
    try {
        check_database(name);
        FAIL() << "no complaint";
    } catch (const geo::Error& error) {
        EXPECT_EQ(error.kind(), geo::ErrorKind::input);
        const std::string text = error.what();
        EXPECT_NE(text.find("/nowhere"), std::string::npos);
        EXPECT_EQ(text.find("geheim"), std::string::npos);
        EXPECT_EQ(text.find('\n'), std::string::npos);
    }
}

} // namespace
} // namespace io
