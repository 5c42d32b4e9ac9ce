package demo

import "slices"

// cast is who takes part. A talent's role is TALENT; the others act for the
// organisation that the story gives them.
var cast = []Person{
	{Subject: "olga", Name: "Olga Petrov", Email: "olga@rung.example", Role: "OPERATOR"},
	{Subject: "grace", Name: "Grace Okafor", Email: "grace@nau.example", Role: "ADMIN"},
	{Subject: "amir", Name: "Amir Haddad", Email: "amir@nau.example", Role: "APPROVER"},
	{Subject: "vera", Name: "Vera Lindqvist", Email: "vera@nau.example", Role: "VIEWER"},
	{Subject: "nina", Name: "Nina Castellanos", Email: "nina@uvm.example", Role: "ADMIN"},
	{Subject: "bea", Name: "Bea Marsh", Email: "bea@basalt.example", Role: "OWNER"},
	{Subject: "remy", Name: "Remy Dubois", Email: "remy@basalt.example", Role: "RECRUITER"},
	{Subject: "sol", Name: "Sol Reyes", Email: "sol@basalt.example", Role: "SUPERVISOR"},
	{Subject: "hugo", Name: "Hugo Brandt", Email: "hugo@harbor.example", Role: "OWNER"},
	{Subject: "lena", Name: "Lena Fischer", Email: "lena@lantern.example", Role: "OWNER"},
	{Subject: "ada", Name: "Ada Nwosu", Email: "ada@student.example", Role: "TALENT"},
	{Subject: "ben", Name: "Ben Carter", Email: "ben@student.example", Role: "TALENT"},
	{Subject: "cleo", Name: "Cleo Martins", Email: "cleo@student.example", Role: "TALENT"},
	{Subject: "dev", Name: "Dev Patel", Email: "dev@student.example", Role: "TALENT"},
	{Subject: "eve", Name: "Eve Lindholm", Email: "eve@student.example", Role: "TALENT"},
	{Subject: "finn", Name: "Finn O'Brien", Email: "finn@student.example", Role: "TALENT"},
	{Subject: "gia", Name: "Gia Romano", Email: "gia@student.example", Role: "TALENT"},
	{Subject: "hal", Name: "Hal Yoon", Email: "hal@student.example", Role: "TALENT"},
	{Subject: "ivy", Name: "Ivy Chen", Email: "ivy@student.example", Role: "TALENT"},
	{Subject: "jon", Name: "Jon Ásgeirsson", Email: "jon@student.example", Role: "TALENT"},
	{Subject: "kim", Name: "Kim Tran", Email: "kim@student.example", Role: "TALENT"},
	{Subject: "lea", Name: "Lea Haas", Email: "lea@student.example", Role: "TALENT"},
}

// newcomers live in sandboxes alone: they have signed in and done nothing yet.
var newcomers = []Person{
	{Subject: "noor", Name: "Noor Aziz", Email: "noor@newcomer.example", Role: "NEWCOMER"},
	{Subject: "max", Name: "Max Weber", Email: "max@newcomer.example", Role: "NEWCOMER"},
}

func actorNamed(subject string) Person {
	for _, p := range slices.Concat(cast, archivists) {
		if p.Subject == subject {
			return p
		}
	}
	return Person{Subject: subject, Name: subject}
}
